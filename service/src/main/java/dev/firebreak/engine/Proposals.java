package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a change before the guards and, when they allow it, commits its intent: all in one
 * transaction.
 */
final class Proposals {
  /** How long a change waits for a target at the most. */
  private static final Duration LOCK_WITHIN = Duration.ofMinutes(10);

  /** A node that cannot prove that it is alive decides nothing. */
  private static final Duration LEASE_AGAIN = Duration.ofSeconds(1);

  private final Desks desks;
  private final Questions questions;
  private final Notes notes;
  private final Masking masking;
  private final Ids ids;
  private final BooleanSupplier decides;

  /**
   * Decides for this node.
   *
   * @param decides whether it decides anything: not without its lease, and not while it stops
   */
  Proposals(
      Desks desks,
      Questions questions,
      Notes notes,
      Masking masking,
      Ids ids,
      BooleanSupplier decides) {
    this.desks = desks;
    this.questions = questions;
    this.notes = notes;
    this.masking = masking;
    this.ids = ids;
    this.decides = decides;
  }

  /** The answer, and the plan an intent was committed for. */
  record Answer(RunEvent event, @Nullable Plan plan) {}

  /**
   * Asks the guards of a step that is ready.
   *
   * @param prior what the step waited for until now, or null
   */
  Answer decide(
      Tx tx, Run run, Runbook runbook, String step, @Nullable Waiting prior, Instant now) {
    if (!decides.getAsBoolean()) {
      return fenced(step, prior, now);
    }
    Rung rung = runbook.rungOf(step);
    Optional<Gate> gate = questions.standing(tx, run, step, prior, now);
    Plan plan;
    try {
      plan = Plan.of(run, runbook, step, masking);
    } catch (ExpressionException e) {
      Reason why = new Reason("invalid-input", e.getMessage() + "; nothing was done");
      gate.ifPresent(open -> questions.cancel(tx, run, step, open, why, now));
      return refused(step, why, now);
    }
    Optional<Reason> no = gate.flatMap(Questions::saidNo);
    if (no.isPresent()) {
      return refused(step, no.get(), now);
    }
    boolean approved =
        gate.filter(g -> g.status() == Gate.Status.APPROVED && g.planHash().equals(plan.hash()))
            .isPresent();
    Proposal proposal = new Proposal(run, rung, step, plan.targets(), approved);
    Guards.Finding finding = desks.guards().check(tx, proposal, now);
    return switch (finding.decision()) {
      case Decision.Allow allow when stillAsked(gate, plan) ->
          held(tx, proposal, finding, gate.orElseThrow(), prior, now);
      case Decision.Allow allow -> admit(tx, proposal, plan, gate.orElse(null), now);
      case Decision.Deny deny -> {
        gate.ifPresent(open -> questions.cancel(tx, run, step, open, deny.why(), now));
        note(tx, proposal, finding, "guard.denied", deny.why(), now);
        yield refused(step, deny.why(), now);
      }
      case Decision.Hold hold -> hold(tx, proposal, finding, hold, gate, prior, now);
      case Decision.Ask ask -> ask(tx, proposal, plan, finding, ask, gate, prior, now);
    };
  }

  private static Answer fenced(String step, @Nullable Waiting prior, Instant now) {
    Instant again = now.plus(LEASE_AGAIN);
    RunEvent held =
        prior == null
            ? new RunEvent.Held(now, step, WaitFor.TIMER, now, again, null, LastWord.FENCED)
            : new RunEvent.Held(
                now, step, prior.what(), prior.since(), again, prior.ref(), LastWord.FENCED);
    return new Answer(held, null);
  }

  private static boolean stillAsked(Optional<Gate> gate, Plan plan) {
    return gate.filter(g -> g.status() == Gate.Status.OPEN && g.planHash().equals(plan.hash()))
        .isPresent();
  }

  private static Answer refused(String step, Reason why, Instant now) {
    return new Answer(new RunEvent.Refused(now, step, why), null);
  }

  private Answer admit(Tx tx, Proposal proposal, Plan plan, @Nullable Gate gate, Instant now) {
    Run run = proposal.run();
    String step = proposal.step();
    String intent = ids.next("int");
    String approval = gate == null ? null : gate.id();
    String action = String.valueOf(plan.shown().get("action"));
    desks
        .intents()
        .add(
            tx,
            new Intent(
                intent,
                run.id(),
                step,
                run.step(step).attempt() + 1,
                run.runbook(),
                action,
                plan.targets(),
                plan.hash(),
                approval,
                now,
                null,
                null));
    plan.targets().stream()
        .filter(target -> desks.locks().holder(tx, target).filter(run::calledBy).isEmpty())
        .forEach(target -> desks.locks().take(tx, target, run.id(), now));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("intent", intent);
    data.put("targets", plan.targets());
    data.put("action", action);
    data.put("plan", plan.hash());
    if (approval != null) {
      data.put("gate", approval);
    }
    notes.step(
        tx,
        run,
        step,
        now,
        Actor.ENGINE,
        "intent.committed",
        "decides to do %s to %s".formatted(step, String.join(", ", plan.targets())),
        data);
    return new Answer(new RunEvent.Admitted(now, step, intent), plan);
  }

  private Answer hold(
      Tx tx,
      Proposal proposal,
      Guards.Finding finding,
      Decision.Hold hold,
      Optional<Gate> gate,
      @Nullable Waiting prior,
      Instant now) {
    boolean again = prior != null && prior.what() == hold.what();
    Instant since = again && prior != null ? prior.since() : now;
    if (hold.what() == WaitFor.LOCK && !now.isBefore(since.plus(LOCK_WITHIN))) {
      Reason why = new Reason("lock-timeout", "waited 10m for its target: " + hold.why().text());
      gate.ifPresent(open -> questions.cancel(tx, proposal.run(), proposal.step(), open, why, now));
      note(tx, proposal, finding, "guard.denied", why, now);
      return refused(proposal.step(), why, now);
    }
    if (hold.what() == WaitFor.LOCK) {
      String run = proposal.run().id();
      proposal
          .targets()
          .forEach(target -> desks.locks().await(tx, target, run, proposal.step(), now));
    }
    if (!again) {
      note(tx, proposal, finding, "guard.held", hold.why(), now);
    }
    // what people said, or are being asked, is not asked anew once this wait is over
    String asked = gate.map(Gate::id).orElse(null);
    return new Answer(
        new RunEvent.Held(
            now, proposal.step(), hold.what(), since, hold.until(), asked, hold.why()),
        null);
  }

  private Answer ask(
      Tx tx,
      Proposal proposal,
      Plan plan,
      Guards.Finding finding,
      Decision.Ask ask,
      Optional<Gate> standing,
      @Nullable Waiting prior,
      Instant now) {
    if (stillAsked(standing, plan)) {
      return held(tx, proposal, finding, standing.orElseThrow(), prior, now);
    }
    standing.ifPresent(
        old ->
            questions.cancel(
                tx,
                proposal.run(),
                proposal.step(),
                old,
                new Reason("plan-changed", "the plan changed"),
                now));
    note(tx, proposal, finding, "guard.asked", ask.why(), now);
    Gate gate =
        questions.open(tx, proposal, plan, desks.guards().budget(tx, proposal, now), ask, now);
    return held(tx, proposal, finding, gate, null, now);
  }

  private Answer held(
      Tx tx,
      Proposal proposal,
      Guards.Finding finding,
      Gate gate,
      @Nullable Waiting prior,
      Instant now) {
    Instant since = prior == null ? now : prior.since();
    Reason why =
        new Reason(
            finding.guard(), "asks %s: %s".formatted(String.join(", ", gate.asked()), gate.why()));
    return new Answer(
        new RunEvent.Held(
            now, proposal.step(), WaitFor.GATE, since, gate.expiresAt(), gate.id(), why),
        null);
  }

  private void note(
      Tx tx, Proposal proposal, Guards.Finding finding, String kind, Reason why, Instant now) {
    notes.step(
        tx,
        proposal.run(),
        proposal.step(),
        now,
        Actor.ENGINE,
        kind,
        proposal.step() + ": " + why.text(),
        Map.of(
            "guard",
            finding.guard(),
            "reason",
            why.code(),
            "targets",
            List.copyOf(proposal.targets())));
  }
}
