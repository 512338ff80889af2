package dev.firebreak.oncall;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * When a shift goes from one to the next: {@code monday 09:00}, or {@code 09:00} of any day.
 *
 * @param day null for any
 * @param time of the schedule's time zone
 */
public record Handover(@Nullable DayOfWeek day, LocalTime time) {
  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Handover parse(String text) {
    String[] words = text.strip().split("\\s+");
    try {
      return switch (words.length) {
        case 1 -> new Handover(null, LocalTime.parse(words[0]));
        case 2 -> new Handover(Weekdays.parse(words[0]), LocalTime.parse(words[1]));
        default -> throw new DateTimeException("too many words");
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'handover' of a rotation must be like 'monday 09:00' or '09:00', not '" + text + "'", e);
    }
  }

  /** The first one on this date or after it. */
  LocalDateTime first(LocalDate from) {
    LocalDate date = day == null ? from : from.with(TemporalAdjusters.nextOrSame(day));
    return date.atTime(time);
  }
}
