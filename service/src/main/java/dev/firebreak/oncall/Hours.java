package dev.firebreak.oncall;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Hours of the week: {@code monday-friday 09:00-17:00}, {@code daily 22:00-06:00}, {@code
 * saturday,sunday}. Hours that end when they begin or earlier end on the next day.
 *
 * @param days on which they begin; never empty
 * @param from of the clock on the wall
 * @param to of the same day, or of the next one
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public Hours {
    days = Set.copyOf(days);
  }

  /**
   * Reads hours.
   *
   * @throws IllegalArgumentException when they are none
   */
  static Hours parse(String text) {
    String[] words = text.strip().split("\\s+");
    try {
      String[] times = words.length == 1 ? new String[] {"00:00", "00:00"} : times(words);
      return new Hours(
          Weekdays.parseAll(words[0]), LocalTime.parse(times[0]), LocalTime.parse(times[1]));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'hours' of a rotation must be like 'monday-friday 09:00-17:00', 'daily 22:00-06:00' or"
              + " 'saturday,sunday', not '%s'".formatted(text),
          e);
    }
  }

  private static String[] times(String[] words) {
    String[] times = words.length == 2 ? words[1].split("-", -1) : new String[0];
    if (times.length != 2) {
      throw new DateTimeException("two times are expected");
    }
    return times;
  }

  /** Whether a moment lies in them. */
  boolean holds(Instant moment, ZoneId zone) {
    return between(new Span(moment, moment.plusMillis(1)), zone).stream()
        .anyMatch(span -> span.holds(moment));
  }

  /** The stretches that begin on the days around a span, in order. */
  List<Span> between(Span span, ZoneId zone) {
    LocalDate first = span.from().atZone(zone).toLocalDate().minusDays(2);
    LocalDate last = span.to().atZone(zone).toLocalDate().plusDays(1);
    return LongStream.rangeClosed(first.toEpochDay(), last.toEpochDay())
        .mapToObj(LocalDate::ofEpochDay)
        .filter(date -> days.contains(date.getDayOfWeek()))
        .flatMap(date -> stretch(date, zone))
        .filter(stretch -> stretch.meets(span))
        .toList();
  }

  /** None on a day whose hours the clocks jump over. */
  private Stream<Span> stretch(LocalDate date, ZoneId zone) {
    LocalDate end = to.isAfter(from) ? date : date.plusDays(1);
    Instant begins = LocalMoments.of(date.atTime(from), zone);
    Instant ends = LocalMoments.of(end.atTime(to), zone);
    return ends.isAfter(begins) ? Stream.of(new Span(begins, ends)) : Stream.empty();
  }
}
