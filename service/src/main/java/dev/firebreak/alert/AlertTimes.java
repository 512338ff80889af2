package dev.firebreak.alert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as senders write them. */
public final class AlertTimes {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** What Go writes for "no time", and so do its imitators. */
  private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private static final int MAX_LENGTH = 64;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");
  private static final Pattern SPACED = Pattern.compile("^([0-9-]{10}) ");
  private static final Pattern OFFSET = Pattern.compile("([+-][0-9]{2})([0-9]{2})$");
  private static final Pattern ZONED = Pattern.compile(".*(Z|[+-][0-9]{2}(:[0-9]{2})?)$");

  private static final long MILLIS_FROM = 100_000_000_000L;
  private static final long MICROS_FROM = MILLIS_FROM * 1_000;
  private static final long NANOS_FROM = MICROS_FROM * 1_000;

  private AlertTimes() {}

  /**
   * Reads a time, to the millisecond: RFC 3339, the same without a zone (UTC), or a number since
   * 1970, whose size says whether it counts seconds, milliseconds, microseconds or nanoseconds.
   *
   * @param value a text, a number, or null
   * @return null when nothing is said: null, an empty text, or the year 1
   * @throws AlertFault naming the field, when it is no time between 1970 and 9999
   */
  public static @Nullable Instant parse(String field, @Nullable Object value) {
    Instant time =
        switch (value) {
          case null -> null;
          case Double seconds -> ofSeconds(field, seconds);
          case Number number -> ofNumber(number.longValue());
          case String text -> ofText(field, text.strip());
          default -> throw fault(field, value);
        };
    if (time == null || time.equals(ZERO)) {
      return null;
    }
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new AlertFault(
          field + " is outside 1970 to 9999: '" + AlertText.shown(String.valueOf(value)) + "'");
    }
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant ofSeconds(String field, double seconds) {
    if (!(Math.abs(seconds) < 1e18)) {
      throw fault(field, seconds);
    }
    return seconds < MILLIS_FROM
        ? Instant.ofEpochMilli(Math.round(seconds * 1000))
        : ofNumber((long) seconds);
  }

  private static Instant ofNumber(long number) {
    if (number >= NANOS_FROM) {
      return Instant.ofEpochSecond(0, number);
    }
    if (number >= MICROS_FROM) {
      return Instant.EPOCH.plus(number, ChronoUnit.MICROS);
    }
    return number >= MILLIS_FROM ? Instant.ofEpochMilli(number) : ofSecondsWhole(number);
  }

  private static Instant ofSecondsWhole(long seconds) {
    return Instant.ofEpochSecond(Math.max(seconds, -MILLIS_FROM));
  }

  private static @Nullable Instant ofText(String field, String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() > MAX_LENGTH) {
      throw fault(field, text);
    }
    if (DIGITS.matcher(text).matches()) {
      return ofNumber(new java.math.BigInteger(text).min(LONG_MAX).longValue());
    }
    try {
      return ofRfc3339(text);
    } catch (DateTimeException e) {
      throw fault(field, text);
    }
  }

  private static final java.math.BigInteger LONG_MAX = java.math.BigInteger.valueOf(Long.MAX_VALUE);

  private static Instant ofRfc3339(String text) {
    if (text.length() > 10 && text.charAt(10) == 'T' && text.endsWith("Z")) {
      return OffsetDateTime.parse(text).toInstant(); // as nearly all write it
    }
    String iso = text.endsWith(" UTC") ? text.substring(0, text.length() - 4) + "Z" : text;
    iso = OFFSET.matcher(SPACED.matcher(iso).replaceFirst("$1T")).replaceFirst("$1:$2");
    return iso.length() > 10 && ZONED.matcher(iso.substring(10)).matches()
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }

  private static AlertFault fault(String field, Object value) {
    return new AlertFault(
        field
            + " must be a time like 2026-01-31T12:00:00Z, not '"
            + AlertText.shown(String.valueOf(value))
            + "'");
  }
}
