package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One run at a time changes a target, across all runbooks. */
final class LockGuard implements Guard {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Locks locks;

  LockGuard(Locks locks) {
    this.locks = locks;
  }

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    for (String target : proposal.targets()) {
      Optional<String> holder =
          locks.holder(tx, target).filter(run -> !run.equals(proposal.run().id()));
      if (holder.isPresent()) {
        return new Decision.Hold(
            WaitFor.LOCK,
            now.plus(LOOK_AGAIN),
            new Reason(
                "locked",
                "%s changes '%s' right now; cancel that run to go first"
                    .formatted(holder.get(), target)));
      }
    }
    return new Decision.Allow();
  }
}
