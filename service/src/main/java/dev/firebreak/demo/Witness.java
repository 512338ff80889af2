package dev.firebreak.demo;

import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps what was put on record, and lets the demo wait for what must come. Thread-safe. */
final class Witness implements RunListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<JournalEntry> seen = new ArrayList<>();
  private final Consumer<JournalEntry> teller;
  private volatile boolean dismissed;

  Witness(Consumer<JournalEntry> teller) {
    this.teller = teller;
  }

  @Override
  public void recorded(JournalEntry entry) {
    lock.lock();
    try {
      seen.add(entry);
      if (!dismissed) {
        teller.accept(entry);
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody listens any more: nothing more is told. */
  void dismiss() {
    dismissed = true;
  }

  /** How much is on record so far: the place to wait from. */
  int mark() {
    lock.lock();
    try {
      return seen.size();
    } finally {
      lock.unlock();
    }
  }

  /** How often something of this kind was recorded. */
  long count(String kind) {
    lock.lock();
    try {
      return seen.stream().filter(entry -> entry.kind().equals(kind)).count();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for an entry after the mark.
   *
   * @throws DemoFailed when it has not come in time
   */
  JournalEntry await(int mark, String what, Duration within, Predicate<JournalEntry> is)
      throws InterruptedException {
    long left = within.toNanos();
    lock.lock();
    try {
      int next = mark;
      while (true) {
        for (; next < seen.size(); next++) {
          if (is.test(seen.get(next))) {
            return seen.get(next);
          }
        }
        if (left <= 0) {
          throw new DemoFailed(
              "waited %d s for this, which did not happen: %s".formatted(within.toSeconds(), what));
        }
        left = more.awaitNanos(Math.min(left, TimeUnit.DAYS.toNanos(1)));
      }
    } finally {
      lock.unlock();
    }
  }
}
