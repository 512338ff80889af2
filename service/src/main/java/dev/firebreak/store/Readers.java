package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that read for everybody, each on its own connection. The caller waits on a future,
 * never in JDBC, so that interrupting the caller harms nothing.
 */
final class Readers {
  private static final int WAITING = 1_000;

  private final Connections connections;
  private final Duration patience;
  private final BlockingQueue<Query<?>> queue = new ArrayBlockingQueue<>(WAITING);
  private final List<Thread> threads = new ArrayList<>();
  private final List<CompletableFuture<@Nullable Void>> done = new ArrayList<>();
  private volatile boolean stopping;

  Readers(Connections connections, int count, Duration patience) {
    this.connections = connections;
    this.patience = patience;
    for (int i = 0; i < count; i++) {
      CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
      done.add(end);
      threads.add(Thread.ofPlatform().name("reader-" + i).unstarted(() -> work(end)));
    }
  }

  Readers start() {
    threads.forEach(Thread::start);
    return this;
  }

  <T> T read(Function<Tx, T> question) {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException("a query must not ask for another one: use its transaction");
    }
    Query<T> query = new Query<>(question, false);
    if (stopping || !queue.offer(query)) {
      throw new StoreUnavailable(
          stopping ? "the database is closed" : "too many queries wait for the database", null);
    }
    return await(query);
  }

  private <T> T await(Query<T> query) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        try {
          return query.answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      query.answer.cancel(false);
      throw new StoreUnavailable(
          "the database did not answer within " + patience.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return switch (cause) {
      case RuntimeException told -> told;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(failed);
    };
  }

  /** Answers what waits, refuses what comes, and returns when the threads are done. */
  void stop() {
    stopping = true;
    // One for each thread, also for those that end meanwhile: another one took their place.
    for (int i = 0; i < threads.size(); i++) {
      while (!queue.offer(Query.last())) {
        Thread.onSpinWait();
      }
    }
    done.forEach(CompletableFuture::join);
    for (Query<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.answer.completeExceptionally(new StoreUnavailable("the database is closed", null));
    }
  }

  private void work(CompletableFuture<@Nullable Void> end) {
    Session session = null;
    try {
      for (Query<?> query = next(); !query.last; query = next()) {
        session = answer(query, session);
      }
    } finally {
      if (session != null) {
        session.discard();
      }
      end.complete(null);
    }
  }

  private Query<?> next() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        // Nobody has a reason to; the flag is cleared before JDBC can see it.
        continue;
      }
    }
  }

  /**
   * Answers one query and returns the session to go on with, or null when it broke. A connection
   * that broke while nobody used it says nothing of the database: then a fresh one is asked.
   */
  private @Nullable Session answer(Query<?> query, @Nullable Session open) {
    if (open != null) {
      Throwable failure = query.run(open);
      if (rolledBack(open)) {
        query.fail(failure);
        return open;
      }
      open.discard();
    }
    return query.answer.isDone() ? null : answerAfresh(query);
  }

  private static boolean rolledBack(Session session) {
    try {
      session.connection().rollback();
      return true;
    } catch (SQLException | RuntimeException | Error e) {
      return false;
    }
  }

  private @Nullable Session answerAfresh(Query<?> query) {
    Session session = null;
    try {
      session = connections.reading(seconds());
      query.fail(query.run(session));
      session.connection().rollback();
      return session;
    } catch (SQLException | RuntimeException | Error e) {
      // also an Error: with every reader that ended, fewer would be left to answer
      query.answer.completeExceptionally(
          new StoreUnavailable("the database cannot be read: " + e.getMessage(), e));
      if (session != null) {
        session.discard();
      }
      return null;
    }
  }

  private int seconds() {
    return (int) Math.max(1, patience.toSeconds());
  }

  /** One question. */
  private static final class Query<T> {
    private final Function<Tx, T> question;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    private final boolean last;

    Query(Function<Tx, T> question, boolean last) {
      this.question = question;
      this.last = last;
    }

    /** Ends the one thread that takes it. */
    static Query<?> last() {
      return new Query<>(tx -> true, true);
    }

    /** Answers it; what it failed with instead, if it did. */
    @Nullable Throwable run(Session session) {
      try {
        answer.complete(question.apply(new StoreTx(session, false)));
        return null;
      } catch (Throwable e) {
        return Faults.ofWork(e);
      }
    }

    void fail(@Nullable Throwable failure) {
      if (failure != null) {
        answer.completeExceptionally(failure);
      }
    }
  }
}
