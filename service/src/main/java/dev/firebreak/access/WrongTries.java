package dev.firebreak.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tries for each source address, so that a guesser costs no database reads. It
 * remembers a bounded number of addresses, the latest ones. Thread-safe.
 */
final class WrongTries {
  static final int ALLOWED = 20;
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int ADDRESSES = 10_000;

  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > ADDRESSES;
        }
      };

  /** Whether this address has used up its wrong tries for now. */
  synchronized boolean tooMany(String address, Instant now) {
    Count count = counts.get(address);
    return count != null && count.wrong >= ALLOWED && now.isBefore(count.until);
  }

  /** Counts one more. */
  synchronized void add(String address, Instant now) {
    if (address.isEmpty()) {
      return;
    }
    Count count = counts.get(address);
    boolean fresh = count == null || !now.isBefore(count.until);
    counts.put(
        address,
        fresh || count == null
            ? new Count(1, now.plus(WINDOW))
            : new Count(count.wrong + 1, count.until));
  }

  synchronized int addresses() {
    return counts.size();
  }

  private record Count(int wrong, Instant until) {}
}
