package dev.firebreak.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * How many rows there are at most after a moment, as the one writer of a database knows it: what it
 * counted once, and what it added since. Only when that reaches a limit are the rows counted again;
 * else the ten-thousandth change of an hour would read the 9,999 before it. Thread-safe.
 */
final class Tally {
  private final Map<String, Known> known = new HashMap<>();

  /** There are no more than {@code most} rows after {@code since}. */
  private record Known(Instant since, int most) {
    boolean below(Instant asked, int max) {
      // a clock that was set back asks about more time than was counted
      return !asked.isBefore(since) && most < max;
    }

    Known plusOne() {
      return new Known(since, most + 1);
    }
  }

  /** A row is being added. It may be rolled back again: then there are fewer. */
  synchronized void added(String key) {
    known.computeIfPresent(key, (name, before) -> before.plusOne());
  }

  /**
   * Whether there are at least {@code max} rows after {@code since}.
   *
   * @param count counts them, as the writer's transaction sees them
   */
  synchronized boolean reached(String key, Instant since, int max, IntSupplier count) {
    Known before = known.get(key);
    if (before != null && before.below(since, max)) {
      return false;
    }
    int rows = count.getAsInt();
    known.put(key, new Known(since, rows));
    return rows >= max;
  }
}
