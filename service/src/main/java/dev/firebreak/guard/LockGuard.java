package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One run at a time changes a target, across all runbooks; who waits longest is next. */
final class LockGuard implements Guard {
  /** Who is next is woken; this is for when the word is lost. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

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
      Optional<String> ahead =
          locks
              .ahead(tx, target, proposal.run().id(), now)
              .filter(run -> !lends(tx, target, proposal));
      if (ahead.isPresent()) {
        return new Decision.Hold(
            WaitFor.LOCK,
            now.plus(LOOK_AGAIN),
            new Reason(
                "locked",
                "%s changes '%s' first; cancel that run to go before it"
                    .formatted(ahead.get(), target)));
      }
    }
    return new Decision.Allow();
  }

  /** A run that was called may change what a run it was called by holds, until that lets go. */
  private boolean lends(Tx tx, String target, Proposal proposal) {
    return locks.holder(tx, target).filter(proposal.run()::calledBy).isPresent();
  }
}
