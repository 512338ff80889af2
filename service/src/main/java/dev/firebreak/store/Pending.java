package dev.firebreak.store;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One work that waits for its group, and what became of it. Used by one thread at a time. */
final class Pending<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

  /** How often it waits for what another node holds: about as long as a node may be frozen. */
  private static final int JAMS = 60;

  private final Function<Tx, T> work;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable StoreTx tx;
  private @Nullable T result;
  private @Nullable Throwable failure;
  private boolean nothing;
  private boolean race;
  private boolean jam;
  private int jams;

  Pending(Function<Tx, T> work) {
    this.work = work;
  }

  /** No work: it only wakes whoever waits for works. */
  static Pending<?> nothing() {
    Pending<String> nothing = new Pending<>(tx -> "");
    nothing.nothing = true;
    return nothing;
  }

  boolean isNothing() {
    return nothing;
  }

  CompletableFuture<T> future() {
    return future;
  }

  /** Runs the work; false when it threw and must be rolled back. */
  boolean run(Session session) {
    StoreTx mine = new StoreTx(session, true);
    tx = mine;
    failure = null;
    race = false;
    jam = false;
    try {
      result = work.apply(mine);
      mine.finish();
      return true;
    } catch (Throwable e) {
      failure = Faults.ofWork(e);
      race = Faults.isRace(e);
      jam = Faults.isJam(e) && ++jams < JAMS;
      mine.rolledBack();
      return false;
    }
  }

  /** Whether it may go well at once when it looks again. */
  boolean raced() {
    return race;
  }

  /** Whether it must wait for another node's transaction. */
  boolean jammed() {
    return jam;
  }

  /** Tells everybody of a group that is durable: first all effects, then all futures. */
  static void completeAll(List<Pending<?>> group) {
    group.forEach(Pending::runEffects);
    group.forEach(Pending::complete);
  }

  private void runEffects() {
    if (tx == null) {
      return;
    }
    for (Runnable effect : tx.effects()) {
      try {
        effect.run();
      } catch (Throwable e) {
        LOG.error("an effect of a commit failed; the commit stands", e);
      }
    }
  }

  @SuppressWarnings("NullAway") // a work may answer with null; its future carries it
  private void complete() {
    if (failure == null) {
      future.complete(result);
    } else {
      future.completeExceptionally(failure);
    }
  }

  /** Its transaction was rolled back, and it may run again. */
  void undo() {
    if (tx != null && failure == null) {
      tx.rolledBack();
    }
  }

  void fail(Throwable why) {
    undo();
    future.completeExceptionally(failure == null ? why : failure);
  }
}
