package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.store.Flusher.Flight;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that commits for everybody: what waits at the same moment shares one transaction and
 * one flush. Nobody else knows the thread, so nobody can interrupt it, which would close H2. Where
 * a commit must be flushed to be durable, the next group is worked on meanwhile, and committed
 * after.
 *
 * <p>Futures are completed in the order of the commits, one group at a time, after the effects of
 * the whole group: what hangs on them without an executor must be short.
 */
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int GROUP = 256;
  private static final long IDLE = 0;
  private static final Duration LONG = Duration.ofSeconds(3);
  private static final long PAUSE_NANOS = 100_000_000;

  private final Writer writer;
  private final BlockingQueue<Pending<?>> queue;
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile @Nullable StoreUnavailable fault;
  private volatile long busySince = IDLE;
  private final @Nullable Flusher flusher;
  private volatile @Nullable Flight flight;

  /** What is left of a group that was cut short, and comes before all else. */
  private List<Pending<?>> deferred = List.of();

  GroupCommit(String name, Connections connections, int capacity) {
    writer = new Writer(connections);
    queue = new ArrayBlockingQueue<>(capacity);
    thread = Thread.ofPlatform().name(name).unstarted(this::work);
    flusher = connections.dialect().flushes() ? new Flusher(name + "-flush", connections) : null;
  }

  GroupCommit start() {
    thread.start();
    return this;
  }

  <T> CompletableFuture<T> commit(Function<Tx, T> work) {
    Pending<T> pending = new Pending<>(work);
    if (stopping) {
      pending.fail(new StoreUnavailable("the database is being closed", null));
    } else if (!queue.offer(pending)) {
      pending.fail(
          new StoreUnavailable(
              "the queue of the database is full (" + queue.size() + " works wait)", null));
    } else if (stopping && queue.remove(pending)) {
      pending.fail(new StoreUnavailable("the database is being closed", null));
    }
    return pending.future();
  }

  /**
   * What is wrong with the database: the last group could not be committed, or the one at work
   * takes too long.
   */
  Optional<StoreUnavailable> fault() {
    long busy = Math.max(nanosSince(busySince), nanosInFlight());
    return fault == null && busy > LONG.toNanos()
        ? Optional.of(
            new StoreUnavailable(
                "the database has not answered for " + busy / 1_000_000_000 + " s", null))
        : Optional.ofNullable(fault);
  }

  private long nanosInFlight() {
    Flight now = flight;
    return now == null || now.landed() ? 0 : nanosSince(now.since());
  }

  private static long nanosSince(long begun) {
    return begun == IDLE ? 0 : System.nanoTime() - begun;
  }

  /** How many works wait. */
  int waiting() {
    return queue.size();
  }

  /** Commits what waits, refuses what comes, and returns when the thread is done. */
  void stop() {
    stopping = true;
    wakeUp();
    if (Thread.currentThread() != thread && (flusher == null || !flusher.isCurrent())) {
      stopped.join();
    }
  }

  private void wakeUp() {
    queue.offer(Pending.nothing());
  }

  private void work() {
    try {
      while (!(stopping && queue.isEmpty() && deferred.isEmpty())) {
        List<Pending<?>> group = nextGroup();
        if (!group.isEmpty()) {
          busySince = System.nanoTime() | 1;
          commitGroup(group);
          busySince = IDLE;
        }
      }
    } finally {
      stopping = true;
      land();
      if (flusher != null) {
        flusher.stop();
      }
      writer.giveUp();
      refuseWaiting(new StoreUnavailable("the database is closed", null));
      stopped.complete(null);
    }
  }

  private List<Pending<?>> nextGroup() {
    List<Pending<?>> group = new ArrayList<>(deferred);
    deferred = List.of();
    try {
      if (group.isEmpty()) {
        group.add(queue.take());
      }
      queue.drainTo(group, GROUP - group.size());
    } catch (InterruptedException e) {
      // Nobody has a reason to; the flag is cleared before JDBC can see it.
      LOG.warn("the committer was interrupted; it goes on");
    }
    return group;
  }

  private void commitGroup(List<Pending<?>> group) {
    group.removeIf(Pending::isNothing);
    if (group.isEmpty()) {
      boolean unused = land();
      return;
    }
    try {
      attemptAll(group);
      if (land()) {
        seal(group);
      } else {
        runAgain(group);
      }
    } catch (Throwable e) {
      if (land()) {
        fail(group, e);
      } else {
        runAgain(group);
      }
    }
  }

  /** What they did is lost with the group before; nobody was told anything yet. */
  private void runAgain(List<Pending<?>> group) {
    group.forEach(Pending::undo);
    List<Pending<?>> next = new ArrayList<>(group);
    next.addAll(deferred);
    deferred = next;
  }

  /**
   * Runs works, and what comes while the group before is still on its way, until one waits too long
   * for what another node holds. Perhaps that node waits for what this group holds: so the group
   * ends here, which lets go of it, and the rest follows, in order. What waits alone lets the
   * others pass.
   */
  private void attemptAll(List<Pending<?>> group) throws SQLException {
    for (int next = 0; next < group.size(); next++) {
      if (!writer.attempt(group.get(next))) {
        defer(group.subList(next, group.size()), next == 0);
        return;
      }
      if (next == group.size() - 1 && nanosInFlight() > 0) {
        queue.drainTo(group, GROUP - group.size());
      }
    }
  }

  private void defer(List<Pending<?>> rest, boolean firstLast) {
    List<Pending<?>> next = new ArrayList<>(rest);
    rest.clear();
    if (firstLast) {
      next.add(next.removeFirst());
    }
    deferred = next;
  }

  /** Commits the open transaction, which holds these works. */
  private void seal(List<Pending<?>> group) {
    boolean sent = false;
    try {
      writer.mark();
      sent = true;
      writer.commit();
    } catch (Throwable e) {
      conclude(group, sent, e);
      return;
    }
    fault = null;
    if (flusher == null) {
      Pending.completeAll(group);
    } else {
      flight = flusher.flush(group, this::wakeUp);
    }
  }

  /**
   * Waits for the group on its way to the disk. False when it fell: then the session it was
   * committed on is given up, with whatever was done on it since.
   */
  private boolean land() {
    Flight before = flight;
    flight = null;
    Throwable fallen = before == null ? null : before.fault();
    if (before == null || fallen == null) {
      return true;
    }
    conclude(before.group(), true, fallen);
    return false;
  }

  /** What becomes of a group whose commit threw. */
  private void conclude(List<Pending<?>> group, boolean sent, Throwable thrown) {
    if (sent && standsAfterAll(thrown)) {
      fault = null;
      Pending.completeAll(group);
    } else {
      fail(group, thrown);
    }
  }

  /**
   * Asks the database what became of a commit until it says so. What comes meanwhile is refused.
   */
  private boolean standsAfterAll(Throwable thrown) {
    LOG.warn("a commit was not answered ({}); asking what became of it", thrown.getMessage());
    StoreUnavailable unavailable = Faults.ofGroup(thrown);
    while (true) {
      fault = unavailable;
      try {
        boolean stands = writer.stands();
        LOG.warn("the commit that was not answered {}", stands ? "stands" : "was not made");
        return stands;
      } catch (Throwable e) {
        unavailable = Faults.ofGroup(e);
      }
      if (stopping) {
        LOG.error("stops without knowing whether the last commit stands: {}", unavailable);
        return false;
      }
      refuseWaiting(unavailable);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void refuseWaiting(StoreUnavailable why) {
    List<Pending<?>> waiting = new ArrayList<>(deferred);
    deferred = List.of();
    queue.drainTo(waiting);
    waiting.forEach(pending -> pending.fail(why));
  }

  private void fail(List<Pending<?>> group, Throwable thrown) {
    StoreUnavailable unavailable = Faults.ofGroup(thrown);
    LOG.error("{}; {} works were not stored", unavailable.getMessage(), group.size());
    fault = unavailable;
    writer.giveUp();
    group.forEach(pending -> pending.fail(unavailable));
  }
}
