package dev.firebreak.core;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes identifiers that sort by the time they were made, within one process strictly: a prefix
 * that says what they name, and a ULID (https://github.com/ulid/spec). Thread-safe.
 */
public final class Ids {
  private static final char[] BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int RANDOM_HIGH_BITS = 16;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long lastMillis = -1;
  private long high;
  private long low;

  public Ids(InstantSource clock) {
    this(clock, new SecureRandom());
  }

  /** Identifiers with chance from elsewhere, so that a simulation replays. */
  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * A new identifier.
   *
   * @param prefix what it names: {@code run}, {@code inc}, {@code dlv}, {@code gate}, …
   */
  public synchronized String next(String prefix) {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      high = random.nextLong() >>> (Long.SIZE - RANDOM_HIGH_BITS + 1);
      low = random.nextLong();
    } else if (++low == 0) {
      high++;
    }
    return prefix + '_' + encode();
  }

  /** The smallest identifier a moment can have: all that were made before it are smaller. */
  public static String first(String prefix, java.time.Instant moment) {
    char[] text = new char[26];
    java.util.Arrays.fill(text, '0');
    long bits = Math.max(0, moment.toEpochMilli());
    for (int i = 9; i >= 0; i--, bits >>>= 5) {
      text[i] = BASE32[(int) (bits & 31)];
    }
    return prefix + '_' + new String(text);
  }

  private String encode() {
    char[] text = new char[26];
    long bits = lastMillis;
    for (int i = 9; i >= 0; i--, bits >>>= 5) {
      text[i] = BASE32[(int) (bits & 31)];
    }
    long tail = low;
    for (int i = 25; i >= 14; i--, tail >>>= 5) {
      text[i] = BASE32[(int) (tail & 31)];
    }
    long head = (high << 4) | tail;
    for (int i = 13; i >= 10; i--, head >>>= 5) {
      text[i] = BASE32[(int) (head & 31)];
    }
    return new String(text);
  }
}
