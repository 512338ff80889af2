package dev.firebreak.engine;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Limits;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.Gathering;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a change before the guards and, when they allow it and it can begin at once, commits its
 * intent: all in one transaction.
 */
final class Proposals {
  /** Fails closed: what an older version approved without its form is not guessed. */
  private static final Reason UNANSWERED =
      new Reason("invalid-input", "nobody has filled in its form; nothing was done");

  private final Guards guards;
  private final Questions questions;
  private final Masking masking;
  private final Admission admission;
  private final Deferrals deferrals;
  private final Permits permits;
  private final BooleanSupplier decides;

  /**
   * Decides for this node.
   *
   * @param permits to begin changes
   * @param decides whether it decides anything: not without its lease, and not while it stops
   */
  Proposals(
      Desks desks,
      Questions questions,
      Notes notes,
      Masking masking,
      Ids ids,
      Permits permits,
      BooleanSupplier decides) {
    this.guards = desks.guards();
    this.questions = questions;
    this.masking = masking;
    this.admission = new Admission(desks.intents(), desks.locks(), notes, ids, masking);
    this.deferrals = new Deferrals(desks.guards(), desks.locks(), questions, notes);
    this.permits = permits;
    this.decides = decides;
  }

  /**
   * The answer.
   *
   * @param admitted the change an intent was committed for; null when none was
   */
  record Answer(RunEvent event, @Nullable Admitted admitted) {}

  /**
   * Asks the guards of a step that is ready.
   *
   * @param prior what the step waited for until now, or null
   */
  Answer decide(
      Tx tx, Run run, Runbook runbook, String step, @Nullable Waiting prior, Instant now) {
    if (!decides.getAsBoolean()) {
      return without(Deferrals.fenced(step, prior, now));
    }
    Optional<Gate> gate = questions.standing(tx, run, step, prior, now);
    Optional<Reason> no = gate.flatMap(Questions::saidNo);
    if (no.isPresent()) {
      return without(new RunEvent.Refused(now, step, no.get()));
    }
    Optional<Reason> old = Gathering.due(runbook, run, step, prior, now);
    Plan plan;
    try {
      plan = Plan.of(run, runbook, step, masking, gate);
    } catch (ExpressionException e) {
      if (old.isPresent()) {
        return without(Deferrals.gathering(run, runbook, step, prior, old.get(), now));
      }
      Reason why = new Reason("invalid-input", e.getMessage() + "; nothing was done");
      gate.ifPresent(open -> questions.cancel(tx, run, step, open, why, now));
      return without(new RunEvent.Refused(now, step, why));
    }
    Proposal proposal =
        new Proposal(run, runbook, step, plan.targets(), answered(gate, plan), plan.shown());
    Guards.Finding finding = guards.check(tx, proposal, now);
    if (old.isPresent() && goesOn(finding.decision())) {
      return without(Deferrals.gathering(run, runbook, step, prior, old.get(), now));
    }
    return follow(tx, runbook, new Deferrals.Asked(proposal, plan, finding, gate, prior, now));
  }

  /** What is denied or held needs no evidence. */
  private static boolean goesOn(Decision decision) {
    return decision instanceof Decision.Allow || decision instanceof Decision.Ask;
  }

  /** The guards that people have answered with yes. */
  private static Set<String> answered(Optional<Gate> gate, Plan plan) {
    return gate.filter(given -> given.status() == Gate.Status.APPROVED)
        .filter(given -> given.planHash().equals(plan.hash()))
        .map(given -> Set.copyOf(given.terms().guards()))
        .orElse(Set.of());
  }

  private Answer follow(Tx tx, Runbook runbook, Deferrals.Asked asked) {
    return switch (asked.finding().decision()) {
      case Decision.Allow allow when asked.open().isPresent() ->
          without(Deferrals.held(asked, asked.open().get(), asked.prior()));
      case Decision.Allow allow -> permitted(tx, runbook, asked, allow.used());
      case Decision.Deny deny -> without(deferrals.deny(tx, asked, deny.why()));
      case Decision.Hold hold -> without(deferrals.hold(tx, asked, hold));
      case Decision.Ask ask -> without(deferrals.ask(tx, asked, ask));
    };
  }

  /** An intent whose change could not begin at once would be one nobody knows the end of. */
  private Answer permitted(Tx tx, Runbook runbook, Deferrals.Asked asked, List<Limits.Used> used) {
    if (asked.plan().answers() == null) {
      return without(deferrals.deny(tx, asked, UNANSWERED));
    }
    String action = runbook.task(asked.step()).orElseThrow().call().action();
    Optional<Permits.Permit> permit = permits.take(action, asked.proposal().run(), asked.step());
    if (permit.isEmpty()) {
      return without(Deferrals.inLine(asked, action, permits.each()));
    }
    tx.onRollback(permit.get()::giveBack);
    Gate gate = asked.gate().orElse(null);
    guards.admitted(tx, asked.proposal(), asked.now());
    return new Answer(
        admission.admit(tx, asked.proposal(), asked.plan(), gate, used, asked.now()),
        new Admitted(asked.plan().params(), permit.get()));
  }

  private static Answer without(RunEvent event) {
    return new Answer(event, null);
  }
}
