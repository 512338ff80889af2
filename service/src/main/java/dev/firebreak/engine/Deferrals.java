package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.LockGuard;
import dev.firebreak.guard.Locks;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.Gathering;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.LockMode;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has changes wait that the guards did not allow yet: for a target, for people, for later. */
final class Deferrals {
  /** What a change is held for that waits for others to end. */
  static final String IN_LINE = "in-line";

  /** How long a change waits for a target at the most. */
  private static final Duration LOCK_WITHIN = Duration.ofMinutes(10);

  /** A node that cannot prove that it is alive decides nothing. */
  private static final Duration LEASE_AGAIN = Duration.ofSeconds(1);

  /** Who stands in line is called; this is only for a call that got lost. */
  private static final Duration CALLED_WITHIN = Duration.ofMinutes(5);

  private final Guards guards;
  private final Locks locks;
  private final Questions questions;
  private final Notes notes;

  Deferrals(Guards guards, Locks locks, Questions questions, Notes notes) {
    this.guards = guards;
    this.locks = locks;
    this.questions = questions;
    this.notes = notes;
  }

  /**
   * What was put before the guards, and what the step waited for until now.
   *
   * @param gate that speaks for the step, or empty
   * @param prior what the step waited for until now, or null
   */
  record Asked(
      Proposal proposal,
      Plan plan,
      Guards.Finding finding,
      Optional<Gate> gate,
      @Nullable Waiting prior,
      Instant now) {
    String step() {
      return proposal.step();
    }

    /** The gate, if people are still asked for this very plan. */
    Optional<Gate> open() {
      return gate.filter(
          asked -> asked.status() == Gate.Status.OPEN && asked.planHash().equals(plan.hash()));
    }
  }

  /** This node may decide nothing now; the step waits as it did. */
  static RunEvent fenced(String step, @Nullable Waiting prior, Instant now) {
    Instant again = now.plus(LEASE_AGAIN);
    return prior == null
        ? new RunEvent.Held(now, step, WaitFor.TIMER, now, again, null, LastWord.FENCED)
        : new RunEvent.Held(
            now, step, prior.what(), prior.since(), again, prior.ref(), LastWord.FENCED);
  }

  /** Its evidence is gathered again; it goes on waiting for the same, which is over or not. */
  static RunEvent gathering(
      Run run, Runbook runbook, String step, @Nullable Waiting prior, Reason why, Instant now) {
    return prior == null
        ? new RunEvent.Held(
            now, step, WaitFor.TIMER, now, run.createdAt().plus(runbook.deadline()), null, why)
        : new RunEvent.Held(
            now, step, prior.what(), prior.since(), prior.until(), prior.ref(), why);
  }

  /** A guard never lets it begin. */
  RunEvent deny(Tx tx, Asked asked, Reason why) {
    Proposal proposal = asked.proposal();
    asked
        .gate()
        .ifPresent(
            open -> questions.cancel(tx, proposal.run(), asked.step(), open, why, asked.now()));
    notes.guard(tx, proposal, asked.finding(), "guard.denied", why, asked.now());
    if (why.code().equals(LockGuard.SUPERSEDED)) {
      return new RunEvent.Cancelled(asked.now(), Actor.ENGINE, why.text());
    }
    return new RunEvent.Refused(asked.now(), asked.step(), why);
  }

  /** A guard has it wait. */
  RunEvent hold(Tx tx, Asked asked, Decision.Hold hold) {
    Waiting prior = asked.prior();
    boolean again = prior != null && prior.what() == hold.what();
    Instant since = again && prior != null ? prior.since() : asked.now();
    if (hold.what() == WaitFor.LOCK) {
      if (!asked.now().isBefore(since.plus(LOCK_WITHIN))) {
        String why = "waited 10m for its target: " + hold.why().text();
        return deny(tx, asked, new Reason("lock-timeout", why));
      }
      standInLine(tx, asked.proposal(), asked.now());
    }
    // a moment in which the machine asks another one is no news
    boolean told = prior != null && prior.why().code().equals(hold.why().code());
    if (!told && hold.what() != WaitFor.TIMER) {
      notes.guard(tx, asked.proposal(), asked.finding(), "guard.held", hold.why(), asked.now());
    }
    // what people said, or are being asked, is not asked anew once this wait is over
    String gate = asked.gate().map(Gate::id).orElse(null);
    Reason why = hold.what() == WaitFor.TIMER ? Gathering.momentary(prior, hold.why()) : hold.why();
    return new RunEvent.Held(
        asked.now(), asked.step(), hold.what(), since, hold.until(), gate, why);
  }

  /** The guards allow it, but as many changes as may be are at work; it will be called. */
  static RunEvent inLine(Asked asked, String action, int permits) {
    Waiting prior = asked.prior();
    String why =
        "%d changes by '%s' are at work, as many as may be; it begins when one has ended"
            .formatted(permits, action);
    return new RunEvent.Held(
        asked.now(),
        asked.step(),
        WaitFor.LIMIT,
        prior != null && prior.what() == WaitFor.LIMIT ? prior.since() : asked.now(),
        asked.now().plus(CALLED_WITHIN),
        asked.gate().map(Gate::id).orElse(null),
        new Reason(IN_LINE, why));
  }

  private void standInLine(Tx tx, Proposal proposal, Instant now) {
    String run = proposal.run().id();
    boolean supersedes = proposal.lock() == LockMode.SUPERSEDE;
    for (String target : proposal.targets()) {
      locks.await(tx, target, run, proposal.step(), now);
      if (supersedes) {
        locks.supersede(tx, target, run, now);
      }
    }
  }

  /** People have to allow it; they are asked unless they are being asked already. */
  RunEvent ask(Tx tx, Asked asked, Decision.Ask ask) {
    Optional<Gate> open = asked.open();
    if (open.filter(gate -> gate.terms().guards().containsAll(asked.finding().asking()))
        .isPresent()) {
      return held(asked, open.get(), asked.prior());
    }
    Proposal proposal = asked.proposal();
    Instant now = asked.now();
    Reason changed =
        open.isPresent()
            ? new Reason("asked-anew", "more is asked now")
            : new Reason("plan-changed", "the plan changed");
    asked
        .gate()
        .ifPresent(old -> questions.cancel(tx, proposal.run(), asked.step(), old, changed, now));
    notes.guard(tx, proposal, asked.finding(), "guard.asked", ask.why(), now);
    Gate gate =
        questions.open(
            tx,
            new Questions.Question(
                proposal,
                asked.plan(),
                guards.budget(tx, proposal, now),
                ask,
                asked.finding().asking()),
            now);
    return Questions.saidNo(gate)
        .<RunEvent>map(no -> new RunEvent.Refused(now, asked.step(), no))
        .orElseGet(() -> held(asked, gate, null));
  }

  /** The step waits for what people say to a gate. */
  static RunEvent held(Asked asked, Gate gate, @Nullable Waiting prior) {
    Instant since = prior == null ? asked.now() : prior.since();
    String why = "asks %s: %s".formatted(String.join(", ", gate.asked()), gate.why());
    return new RunEvent.Held(
        asked.now(),
        asked.step(),
        WaitFor.GATE,
        since,
        gate.expiresAt(),
        gate.id(),
        new Reason(asked.finding().guard(), why));
  }
}
