package dev.firebreak.engine;

import dev.firebreak.cluster.Lease;
import dev.firebreak.core.Reason;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.HaltSwitch;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.run.StepState.Running;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What can still stop a change whose intent is committed. The answer to that commit may have been
 * lost and come much later; a halt, or the end of the lease, may have come between. Asks no
 * database.
 */
record LastWord(Lease lease, HaltSwitch halt, InstantSource clock) {
  static final Reason FENCED =
      new Reason(
          "fenced",
          "this node could not prove in time that the run is still its own; nothing was done");

  /** Nobody would wait for its end: it may have been given up while it is at work. */
  private static final Reason LATE =
      new Reason("late", "its turn came too late to end within its time; nothing was done");

  /** Why a change must not begin now: it is known to have done nothing. */
  Optional<Reason> forbids(Attempt attempt) {
    Instant now = clock.instant();
    if (!lease.heldSince(attempt.term())) {
      return Optional.of(FENCED);
    }
    return attempt.late(now)
        ? Optional.of(LATE)
        : halt.halted(now)
            .filter(said -> said.mode() == Automation.Mode.OFF)
            .or(() -> halt.parts().forbidding(marks(attempt), decided(attempt, now), now))
            .map(
                said ->
                    new Reason(
                        HaltedChange.STOPPED, "halted: " + said.reason() + "; nothing was done"));
  }

  private static ChangeMarks marks(Attempt attempt) {
    return ChangeMarks.of(attempt.run(), attempt.runbook(), attempt.step());
  }

  private static Instant decided(Attempt attempt, Instant now) {
    return attempt.run().step(attempt.step()).state() instanceof Running running
        ? running.since()
        : now;
  }
}
