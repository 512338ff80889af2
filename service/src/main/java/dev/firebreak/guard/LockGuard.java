package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.LockMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run at a time changes a target, across all runbooks; who waits longest is next, or whoever
 * took its place. What another run is changing is never taken from it.
 */
public final class LockGuard implements Guard {
  /** The code of the reason for which a run ends whose place a newer one took. */
  public static final String SUPERSEDED = "superseded";

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
    LockMode mode = proposal.lock();
    for (String target : proposal.targets()) {
      Optional<String> newer =
          mode == LockMode.SUPERSEDE
              ? locks.newer(tx, target, proposal.run().id(), now)
              : Optional.empty();
      if (newer.isPresent()) {
        return new Decision.Deny(superseded(target, newer.get()));
      }
      Optional<String> ahead =
          ahead(tx, mode, target, proposal, now).filter(run -> !lends(tx, target, proposal));
      if (ahead.isPresent()) {
        return mode == LockMode.DROP
            ? new Decision.Deny(dropped(target, ahead.get()))
            : new Decision.Hold(WaitFor.LOCK, now.plus(LOOK_AGAIN), held(target, ahead.get()));
      }
    }
    return new Decision.Allow();
  }

  private Optional<String> ahead(
      Tx tx, LockMode mode, String target, Proposal proposal, Instant now) {
    String run = proposal.run().id();
    return mode == LockMode.SUPERSEDE
        ? locks.aheadOfNewest(tx, target, run, now)
        : locks.ahead(tx, target, run, now);
  }

  private static Reason held(String target, String ahead) {
    return new Reason(
        "locked",
        "%s changes '%s' first; cancel that run to go before it".formatted(ahead, target));
  }

  private static Reason dropped(String target, String ahead) {
    return new Reason(
        "lock-dropped",
        "%s changes '%s' first, and by `lock: drop` this change does not wait for it; to have it wait, write `lock: queue`"
            .formatted(ahead, target));
  }

  private static Reason superseded(String target, String newer) {
    return new Reason(
        SUPERSEDED,
        "the newer %s waits for '%s', too, and took the place of this run (`lock: supersede`); nothing was done"
            .formatted(newer, target));
  }

  /** A run that was called may change what a run it was called by holds, until that lets go. */
  private boolean lends(Tx tx, String target, Proposal proposal) {
    return locks.holder(tx, target).filter(proposal.run()::calledBy).isPresent();
  }
}
