package dev.firebreak.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times as people read them: in UTC, with their age.
 *
 * @param now the time of this page
 */
record Times(Instant now) {
  private static final DateTimeFormatter CLOCK = format("HH:mm:ss");
  private static final DateTimeFormatter DAY = format("yyyy-MM-dd HH:mm:ss");

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * A time on a page.
   *
   * @param iso for machines
   * @param full with its date
   * @param utc without the date when it is today
   * @param age as in {@code 3 min ago} and {@code in 3 min}
   */
  record When(String iso, String full, String utc, String age) {}

  When when(Instant at) {
    boolean today = at.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
    String full = DAY.format(at) + " UTC";
    return new When(
        at.truncatedTo(ChronoUnit.MILLIS).toString(),
        full,
        today ? CLOCK.format(at) + " UTC" : full,
        age(at));
  }

  @Nullable When whenKnown(@Nullable Instant at) {
    return at == null ? null : when(at);
  }

  private String age(Instant at) {
    Duration age = Duration.between(at, now);
    if (age.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return age.isNegative() ? "in " + rough(age.negated()) : rough(age) + " ago";
  }

  /** A duration to its first unit: {@code 42 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}. */
  static String rough(Duration duration) {
    long seconds = Math.max(duration.toSeconds(), 0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }

  /** How long something took: {@code 340 ms}, {@code 4.2 s}, {@code 3 min 5 s}. */
  static String took(Duration duration) {
    long millis = Math.max(duration.toMillis(), 0);
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
    return duration.toHours() > 0
        ? "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart())
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
