package dev.firebreak.core;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as runbooks and configuration write them: {@code 500ms}, {@code 2s}, {@code 1h30m}. */
public final class Durations {
  /** The longest duration anything may be given. */
  public static final Duration MAX = Duration.ofDays(366);

  /** What a written duration looks like, for schemas. */
  public static final String PATTERN = "^(?:[0-9]{1,9}(?:ms|s|m|h|d))+$";

  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when it is not one, or longer than {@link #MAX}
   */
  public static Duration parse(String text) {
    return parse(text, MAX);
  }

  /**
   * Reads a duration that may be as long as {@code most}, a number of days.
   *
   * @throws IllegalArgumentException when it is not one, or longer
   */
  public static Duration parse(String text, Duration most) {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException(
          "must be a duration like 500ms, 30s, 5m, 2h or 1h30m, not '" + text + "'");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
    }
    if (sum.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "must be at most " + most.toDays() + "d, not '" + text + "'");
    }
    return sum;
  }

  private static Duration part(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** Writes a duration the same way, to the millisecond: {@code 1h30m}. */
  public static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }
}
