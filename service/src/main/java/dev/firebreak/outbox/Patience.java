package dev.firebreak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a message is tried again: exponential backoff with equal jitter, and an end.
 *
 * @param first the pause after the first failure, doubled each time
 * @param cap the longest pause
 * @param giveUp how long after it was written a message is given up
 * @param random in [0, 1): the jitter
 */
record Patience(Duration first, Duration cap, Duration giveUp, DoubleSupplier random) {
  private static final int MAX_DOUBLINGS = 30;

  static Patience usual(DoubleSupplier random) {
    return new Patience(
        Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(24), random);
  }

  /**
   * The next try of a message, empty when its time is over. The last try falls on the end itself.
   *
   * @param attempts tries so far, with the one that just failed
   */
  Optional<Instant> next(Instant created, int attempts, Instant now) {
    Instant end = created.plus(giveUp);
    if (!now.isBefore(end)) {
      return Optional.empty();
    }
    Instant next = now.plus(pause(attempts));
    return Optional.of(next.isAfter(end) ? end : next);
  }

  private Duration pause(int attempts) {
    double ceiling =
        Math.min(
            cap.toMillis(), first.toMillis() * Math.pow(2, Math.min(attempts - 1, MAX_DOUBLINGS)));
    return Duration.ofMillis(Math.round(ceiling / 2 + ceiling / 2 * random.getAsDouble()));
  }
}
