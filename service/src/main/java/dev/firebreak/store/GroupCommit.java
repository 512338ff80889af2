package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
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
 * one flush. Nobody else knows the thread, so nobody can interrupt it, which would close H2.
 *
 * <p>Futures are completed on that thread, after the effects of the whole group: what hangs on them
 * without an executor must be short.
 */
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int GROUP = 256;
  private static final long IDLE = 0;
  private static final Duration LONG = Duration.ofSeconds(3);
  private static final long PAUSE_NANOS = 100_000_000;

  /** How often a work is run whose place another node took. */
  private static final int RACES = 3;

  /** How often a work waits for what another node holds: about as long as a node may be frozen. */
  private static final int JAMS = 60;

  private final Connections connections;
  private final BlockingQueue<Pending<?>> queue;
  private final CommitMark mark = new CommitMark();
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile @Nullable StoreUnavailable fault;
  private volatile long busySince = IDLE;
  private @Nullable Session session;

  /** What is left of a group that was cut short, and comes before all else. */
  private List<Pending<?>> deferred = List.of();

  GroupCommit(String name, Connections connections, int capacity) {
    this.connections = connections;
    queue = new ArrayBlockingQueue<>(capacity);
    thread = Thread.ofPlatform().name(name).unstarted(this::work);
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
    return pending.future;
  }

  /**
   * What is wrong with the database: the last group could not be committed, or the one at work
   * takes too long.
   */
  Optional<StoreUnavailable> fault() {
    long begun = busySince;
    long busy = begun == IDLE ? 0 : System.nanoTime() - begun;
    return fault == null && busy > LONG.toNanos()
        ? Optional.of(
            new StoreUnavailable(
                "the database has not answered for " + busy / 1_000_000_000 + " s", null))
        : Optional.ofNullable(fault);
  }

  /** How many works wait. */
  int waiting() {
    return queue.size();
  }

  /** Commits what waits, refuses what comes, and returns when the thread is done. */
  void stop() {
    stopping = true;
    queue.offer(new Pending<>(tx -> "wake up"));
    if (Thread.currentThread() != thread) {
      stopped.join();
    }
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
      giveUpSession();
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

  private void commitGroup(List<Pending<?>> whole) {
    List<Pending<?>> group = whole;
    boolean sent = false;
    try {
      Session open = session();
      int done = attemptAll(open, whole);
      group = whole.subList(0, done);
      defer(whole.subList(done, whole.size()), done == 0);
      mark.set(open);
      sent = true;
      open.connection().commit();
      connections.dialect().flush(open.connection());
    } catch (Throwable e) {
      if (!sent || !standsAfterAll(e)) {
        fail(group, e);
        return;
      }
    }
    fault = null;
    group.forEach(Pending::runEffects);
    group.forEach(Pending::complete);
  }

  /**
   * Runs works until one waits too long for what another node holds. Perhaps that node waits for
   * what this group holds: so the group ends here, which lets go of it, and the rest follows, in
   * order. What waits alone lets the others pass.
   *
   * @return how many works are done
   */
  private int attemptAll(Session open, List<Pending<?>> group) throws SQLException {
    for (int done = 0; done < group.size(); done++) {
      if (!attempt(open, group.get(done))) {
        return done;
      }
    }
    return group.size();
  }

  private void defer(List<Pending<?>> rest, boolean firstLast) {
    List<Pending<?>> next = new ArrayList<>(rest);
    if (firstLast && !next.isEmpty()) {
      next.add(next.removeFirst());
    }
    deferred = next;
  }

  /**
   * Runs a work, again when another node was quicker; false when it must wait for another group.
   */
  private boolean attempt(Session open, Pending<?> pending) throws SQLException {
    Dialect dialect = connections.dialect();
    for (int tries = 1; ; tries++) {
      dialect.setSavepoint(open.connection());
      boolean well = pending.run(open);
      if (!well) {
        dialect.returnToSavepoint(open.connection());
      }
      dialect.forgetSavepoint(open.connection());
      if (!well && pending.jammed()) {
        return false;
      }
      if (well || tries == RACES || !pending.raced()) {
        return true;
      }
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
      giveUpSession();
      try {
        boolean stands = mark.stands(session(), connections.dialect());
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
    giveUpSession();
    group.forEach(pending -> pending.fail(unavailable));
  }

  private Session session() throws SQLException {
    if (session == null) {
      session = connections.writing();
      mark.prepare(session);
    }
    return session;
  }

  private void giveUpSession() {
    if (session != null) {
      session.discard();
      session = null;
    }
  }

  /** One work that waits for its group. */
  private static final class Pending<T> {
    private final Function<Tx, T> work;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable StoreTx tx;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private boolean race;
    private boolean jam;
    private int jams;

    Pending(Function<Tx, T> work) {
      this.work = work;
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

    void runEffects() {
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
    void complete() {
      if (failure == null) {
        future.complete(result);
      } else {
        future.completeExceptionally(failure);
      }
    }

    void fail(Throwable why) {
      if (tx != null && failure == null) {
        tx.rolledBack();
      }
      future.completeExceptionally(failure == null ? why : failure);
    }
  }
}
