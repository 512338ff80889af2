package dev.firebreak.web;

import dev.firebreak.run.JournalEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One page that listens. What does not fit into its short queue is not lost: lines are numbered
 * without gaps, so the reader sees that some are missing and reads them from the record.
 */
final class LiveClient {
  private static final int QUEUE = 64;

  private final long number;
  private final String session;
  private final @Nullable String incident;
  private final BlockingQueue<News> news = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicBoolean poked = new AtomicBoolean();
  private volatile boolean open = true;

  /**
   * A page.
   *
   * @param number grows with every page
   */
  LiveClient(long number, String session, @Nullable String incident) {
    this.number = number;
    this.session = session;
    this.incident = incident;
  }

  long number() {
    return number;
  }

  String session() {
    return session;
  }

  /** What a page can be told. */
  sealed interface News {
    /** A line was added to the record. */
    record Line(JournalEntry entry) implements News {}

    /** Something changed: look again. */
    record Changed() implements News {}

    /** It is over. */
    record Stop() implements News {}
  }

  void line(JournalEntry entry) {
    if (incident == null) {
      poke();
    } else if (incident.equals(entry.incidentId()) && !news.offer(new News.Line(entry))) {
      poke();
    }
  }

  void changed(String id) {
    if (incident == null || incident.equals(id)) {
      poke();
    }
  }

  /** However often something changes, one word of it waits. */
  void poke() {
    if (poked.compareAndSet(false, true) && !news.offer(new News.Changed())) {
      poked.set(false);
    }
  }

  void stop() {
    open = false;
    news.clear();
    boolean unused = news.offer(new News.Stop());
  }

  boolean open() {
    return open;
  }

  /** What is next; empty when nothing came for so long. */
  Optional<News> next(Duration patience) throws InterruptedException {
    News next = news.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (next instanceof News.Changed) {
      poked.set(false);
    }
    return Optional.ofNullable(next);
  }
}
