package dev.firebreak.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many senders wait for the answer to their webhook. While there are many, runs that have done
 * nothing yet stand back, so that all senders are answered in time. Thread-safe.
 */
public final class Rush {
  /**
   * More than a few alerting systems send at once, and far less than they send when all is down.
   */
  private static final int MANY = 100;

  private final AtomicInteger waiting = new AtomicInteger();

  /** A sender waits from now on. */
  public void entered() {
    waiting.incrementAndGet();
  }

  /** A sender was answered; once for each {@link #entered}. */
  public void left() {
    waiting.decrementAndGet();
  }

  /** How many wait. */
  public int waiting() {
    return waiting.get();
  }

  /** Whether many wait. */
  boolean on() {
    return waiting() > MANY;
  }
}
