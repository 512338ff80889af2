package dev.firebreak.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Makes committed groups durable on a thread and a connection of its own, while the next group is
 * worked on. Of one group at a time; nobody else knows the thread, so nobody can interrupt it.
 */
final class Flusher {
  private final Connections connections;
  private final ExecutorService executor;
  private volatile @Nullable Thread thread;
  private @Nullable Session session;

  Flusher(String name, Connections connections) {
    this.connections = connections;
    executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
  }

  /** Whether this is the flusher's thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /**
   * Flushes what was committed before this call.
   *
   * @param group completed on the flusher's thread when it is durable
   * @param fallen run when it is not known to be
   */
  Flight flush(List<Pending<?>> group, Runnable fallen) {
    return new Flight(
        group,
        System.nanoTime(),
        CompletableFuture.supplyAsync(() -> land(group, fallen), executor));
  }

  private @Nullable Throwable land(List<Pending<?>> group, Runnable fallen) {
    thread = Thread.currentThread();
    try {
      Session open = session();
      connections.dialect().flush(open);
    } catch (Throwable e) {
      giveUpSession();
      fallen.run();
      return e;
    }
    Pending.completeAll(group);
    return null;
  }

  private Session session() throws SQLException {
    if (session == null) {
      session = connections.writing();
    }
    return session;
  }

  private void giveUpSession() {
    if (session != null) {
      session.discard();
      session = null;
    }
  }

  /** Returns when the connection is closed, so that the database may be; the thread ends. */
  void stop() {
    CompletableFuture.runAsync(this::giveUpSession, executor).join();
    executor.shutdown();
  }

  /**
   * A group on its way to the disk.
   *
   * @param since when it took off, by {@link System#nanoTime()}
   * @param landing done when its works know that they are durable, or with what the flush threw
   */
  record Flight(
      List<Pending<?>> group, long since, CompletableFuture<@Nullable Throwable> landing) {
    boolean landed() {
      return landing.isDone();
    }

    /** Waits for the landing; null when all went well. */
    @Nullable Throwable fault() {
      return landing.join();
    }
  }
}
