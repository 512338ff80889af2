package dev.firebreak.action;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What is known of one request while it is on its way. Thread-safe. */
final class Errand {
  private final long start = System.nanoTime();
  private final int port;
  private final Duration timeout;
  private final Cancellation cancellation;
  private final AtomicInteger requests = new AtomicInteger();

  Errand(int port, Duration timeout, Cancellation cancellation) {
    this.port = port;
    this.timeout = timeout;
    this.cancellation = cancellation;
  }

  int port() {
    return port;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  Duration left() {
    return timeout.minusNanos(System.nanoTime() - start);
  }

  long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Counts a request whose first byte is about to be written; false if it is not the first. */
  boolean begin() {
    return requests.incrementAndGet() == 1;
  }

  boolean sent() {
    return requests.get() > 0;
  }
}
