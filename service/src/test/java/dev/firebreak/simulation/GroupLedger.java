package dev.firebreak.simulation;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Runs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to the store in memory: what waits at the same moment shares a transaction, as in
 * the real group commit. Somebody else says when a group is committed, and what becomes of it.
 */
public final class GroupLedger implements Ledger {
  private static final int RACES = 3;

  private final MemoryStore store;
  private final Weather weather;
  private final Queue<Pending<?>> queue = new ConcurrentLinkedQueue<>();
  private final Deque<Pending<?>> deferred = new ArrayDeque<>();
  private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);

  public GroupLedger(MemoryStore store, Weather weather) {
    this.store = store;
    this.weather = weather;
  }

  /** What becomes of a group. */
  public enum Fate {
    FINE,
    /** Nothing of it is stored, and everybody is told so. */
    FAILS
  }

  /** Decides what goes wrong. */
  public interface Weather {
    /** Something waits to be committed. */
    void wake();

    /** Called at each point between two effects; may throw {@link Crash} or a refusal. */
    default void pass(String point) {}

    /** Decides on a group whose works have run; may take a while. */
    default Fate fate() {
      return Fate.FINE;
    }

    /** Is told what was committed, before anybody else. */
    default void committed(List<Transaction.Change> changes) {}

    /** A work threw. */
    default void threw(Throwable thrown) {}

    default <T> CompletableFuture<T> promise() {
      return new CompletableFuture<>();
    }
  }

  @Override
  public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
    weather.pass("commit asked");
    Pending<T> pending = new Pending<>(work, weather.promise());
    queue.add(pending);
    weather.wake();
    return pending.future;
  }

  @Override
  public <T> T read(Function<Tx, T> query) {
    if (reading.get()) {
      throw new IllegalStateException("a query in a query");
    }
    weather.pass("read");
    reading.set(true);
    try {
      return query.apply(new MemoryTx(store.snapshot()));
    } finally {
      reading.set(false);
    }
  }

  boolean idle() {
    return queue.isEmpty() && deferred.isEmpty();
  }

  /** Commits at most so many of those that wait. */
  void commitGroup(int most) {
    List<Pending<?>> group = new ArrayList<>(deferred);
    deferred.clear();
    for (Pending<?> next = queue.poll(); next != null; next = queue.poll()) {
      group.add(next);
      if (group.size() == most) {
        break;
      }
    }
    if (!group.isEmpty()) {
      commit(group);
    }
  }

  private void commit(List<Pending<?>> whole) {
    Transaction transaction = store.begin();
    boolean settled = false;
    try {
      List<Pending<?>> group = whole.subList(0, attemptAll(transaction, whole));
      defer(whole.subList(group.size(), whole.size()), group.isEmpty());
      Fate fate = weather.fate();
      weather.pass("before the commit");
      settled = true;
      if (settle(transaction, fate)) {
        weather.pass("after the commit");
        group.forEach(pending -> pending.runEffects(weather));
        group.forEach(pending -> pending.complete(weather));
      } else {
        group.forEach(Pending::unavailable);
      }
    } finally {
      if (!settled) {
        transaction.rollBack();
      }
    }
  }

  /** Runs works until one would wait for who waits for this group; how many are done. */
  private int attemptAll(Transaction transaction, List<Pending<?>> group) {
    for (int done = 0; done < group.size(); done++) {
      weather.pass("work");
      if (!group.get(done).attempt(transaction, weather)) {
        return done;
      }
    }
    return group.size();
  }

  private void defer(List<Pending<?>> rest, boolean firstLast) {
    deferred.addAll(rest);
    if (firstLast && !deferred.isEmpty()) {
      deferred.add(deferred.remove());
    }
  }

  private boolean settle(Transaction transaction, Fate fate) {
    if (fate == Fate.FINE) {
      weather.committed(transaction.commit());
    } else {
      transaction.rollBack();
    }
    return fate == Fate.FINE;
  }

  /** Refuses what waits, as the real one does while it asks what became of a commit. */
  void refuseWaiting() {
    List<Pending<?>> waiting = new ArrayList<>(deferred);
    deferred.clear();
    for (Pending<?> next = queue.poll(); next != null; next = queue.poll()) {
      waiting.add(next);
    }
    waiting.forEach(Pending::unavailable);
  }

  /** One work that waits for its group. */
  private static final class Pending<T> {
    private final Function<Tx, T> work;
    private final CompletableFuture<T> future;
    private @Nullable MemoryTx tx;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Pending(Function<Tx, T> work, CompletableFuture<T> future) {
      this.work = work;
      this.future = future;
    }

    /** Again when another node was quicker; false when it must wait for another group. */
    boolean attempt(Transaction transaction, Weather weather) {
      for (int tries = 1; ; tries++) {
        failure = null;
        run(transaction);
        boolean race = failure instanceof Runs.StaleEpoch || failure instanceof Table.Duplicate;
        if (failure instanceof Transaction.Jam) {
          failure = null; // it says nothing of the work, which is tried again or refused
          return false;
        }
        if (failure == null || !race || tries == RACES) {
          if (failure != null) {
            weather.threw(failure);
          }
          return true;
        }
      }
    }

    private void run(Transaction transaction) {
      MemoryTx mine = new MemoryTx(transaction);
      tx = mine;
      try {
        result = work.apply(mine);
      } catch (Crash crash) {
        throw crash;
      } catch (Throwable thrown) {
        failure = thrown;
        mine.rollBack();
      }
    }

    void runEffects(Weather weather) {
      for (Runnable effect : tx == null ? List.<Runnable>of() : tx.effects()) {
        weather.pass("effect");
        try {
          effect.run();
        } catch (Crash crash) {
          throw crash;
        } catch (Throwable thrown) {
          // as in the real one: the commit stands
        }
      }
    }

    @SuppressWarnings("NullAway") // a work may answer with null
    void complete(Weather weather) {
      weather.pass("answer");
      if (failure == null) {
        future.complete(result);
      } else {
        future.completeExceptionally(failure);
      }
    }

    void unavailable() {
      if (tx != null && failure == null) {
        tx.notStored();
      }
      future.completeExceptionally(
          failure == null
              ? new StoreUnavailable("the database could not commit: simulated", null)
              : failure);
    }
  }
}
