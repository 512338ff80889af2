package dev.firebreak.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers what the database said, for so short a time that a revocation is effective within a
 * second on every node. Absence is never remembered. Bounded. Thread-safe.
 */
final class Lately<V> {
  static final Duration FRESH = Duration.ofMillis(500);
  private static final int ENTRIES = 1_000;

  private final Map<String, Seen<V>> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen<V>> eldest) {
          return size() > ENTRIES;
        }
      };

  /** What was read less than half a second ago, else what {@code read} says now. */
  Optional<V> get(String key, Instant now, Supplier<Optional<V>> read) {
    Optional<V> known = fresh(key, now);
    return known.isPresent() ? known : remember(key, now, read.get());
  }

  private synchronized Optional<V> fresh(String key, Instant now) {
    Seen<V> entry = seen.get(key);
    boolean usable = entry != null && !now.isBefore(entry.at) && now.isBefore(entry.at.plus(FRESH));
    return usable && entry != null ? Optional.of(entry.value) : Optional.empty();
  }

  private synchronized Optional<V> remember(String key, Instant at, Optional<V> value) {
    value.ifPresentOrElse(found -> seen.put(key, new Seen<>(found, at)), () -> seen.remove(key));
    return value;
  }

  /** Whether this was ever read and found, however long ago. */
  synchronized boolean knows(String key) {
    return seen.containsKey(key);
  }

  synchronized void forgetAll() {
    seen.clear();
  }

  private record Seen<V>(V value, Instant at) {}
}
