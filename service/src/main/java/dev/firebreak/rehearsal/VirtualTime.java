package dev.firebreak.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still until everybody waits, and the threads that work in its time. Work that
 * takes a while parks here and costs no real time. Thread-safe.
 */
final class VirtualTime implements InstantSource, Executor {
  /** When every rehearsal begins. */
  static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final PriorityQueue<Instant> parked = new PriorityQueue<>();
  private Instant now;
  private int busy;

  VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void execute(Runnable task) {
    count(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                task.run();
              } finally {
                count(-1);
              }
            });
  }

  private void count(int change) {
    lock.lock();
    try {
      busy += change;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Parks the calling task for a while of virtual time. */
  void pass(Duration time) {
    lock.lock();
    try {
      Instant until = now.plus(time);
      if (time.isZero()) {
        return;
      }
      parked.add(until);
      busy--;
      moved.signalAll();
      while (now.isBefore(until)) {
        moved.awaitUninterruptibly();
      }
      busy++;
      parked.remove(until);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no task works: each has ended or is parked for later than now. */
  void awaitQuiet() {
    lock.lock();
    try {
      while (busy > 0 || released()) {
        moved.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean released() {
    Instant first = parked.peek();
    return first != null && !first.isAfter(now);
  }

  /** When the first parked task goes on. */
  Optional<Instant> next() {
    lock.lock();
    try {
      return Optional.ofNullable(parked.peek());
    } finally {
      lock.unlock();
    }
  }

  /** Moves the clock on; never back. */
  void advanceTo(Instant then) {
    lock.lock();
    try {
      if (then.isAfter(now)) {
        now = then;
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
