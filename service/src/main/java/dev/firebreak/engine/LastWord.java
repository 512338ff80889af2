package dev.firebreak.engine;

import dev.firebreak.cluster.Lease;
import dev.firebreak.core.Reason;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.HaltSwitch;
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

  /** Why a change must not begin now: it is known to have done nothing. */
  Optional<Reason> forbids() {
    return lease.holds()
        ? halt.halted(clock.instant())
            .filter(said -> said.mode() == Automation.Mode.OFF)
            .map(said -> new Reason("halted", "halted: " + said.reason() + "; nothing was done"))
        : Optional.of(FENCED);
  }
}
