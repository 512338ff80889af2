package dev.firebreak.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time that comes once or again and again, as the clock on a wall of a zone shows it: what begins
 * at 22:00 and ends at 06:00 does so in the nights, too, in which the clock is changed. Where the
 * clock shows a time twice or never, the span is the longer one.
 *
 * @param from when it first begins
 * @param until when that ends; after {@code from}, by at most a year
 * @param zone whose clock
 * @param repeat on which days it begins again, or null for never
 */
public record Span(LocalDateTime from, LocalDateTime until, ZoneId zone, @Nullable Repeat repeat) {
  private static final int LONGEST_DAYS = 366;
  private static final int LOOK_AHEAD_DAYS = 400;

  public Span {
    if (!until.isAfter(from)) {
      throw new IllegalArgumentException("until: must be after from, '" + from + "'");
    }
    if (until.isAfter(from.plusDays(LONGEST_DAYS))) {
      throw new IllegalArgumentException("until: must be at most 366 days after from");
    }
  }

  /**
   * One time of it.
   *
   * @param until exclusive
   */
  public record Once(Instant from, Instant until) {}

  /**
   * Reads a span as configuration and orders write it.
   *
   * @param from {@code 2026-12-20T18:00} on the zone's clock, {@code 2026-12-20}, or a time with an
   *     offset
   * @param zone such as {@code Europe/Berlin}; null for UTC
   * @param repeat a rule of RFC 5545, {@code FREQ=WEEKLY;BYDAY=FR}, or null
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Span parse(
      String from, String until, @Nullable String zone, @Nullable String repeat) {
    ZoneId place = zone(zone);
    LocalDateTime begin = time("from", from, place);
    return new Span(
        begin,
        time("until", until, place),
        place,
        repeat == null ? null : Repeat.parse(repeat, begin, place));
  }

  /** The same, again and again. */
  Span repeating(Repeat rule) {
    return new Span(from, until, zone, rule);
  }

  /** All times of it that have a moment in common with these two, in order. */
  public List<Once> between(Instant first, Instant last) {
    LocalDate end = last.atZone(zone).toLocalDate().plusDays(1);
    LocalDate begin =
        first.atZone(zone).toLocalDate().minusDays(LONGEST_DAYS).isBefore(from.toLocalDate())
            ? from.toLocalDate()
            : first.atZone(zone).toLocalDate().minusDays(LONGEST_DAYS);
    return begin.isAfter(end)
        ? List.of()
        : begin
            .datesUntil(end)
            .flatMap(day -> begun(day).stream())
            .filter(once -> once.from().isBefore(last) && once.until().isAfter(first))
            .toList();
  }

  /** The same, but it does not begin on these days. */
  public Span except(Set<LocalDate> days) {
    if (!days.isEmpty() && repeat == null) {
      throw new IllegalArgumentException("except: makes sense with repeat only");
    }
    return repeat == null ? this : new Span(from, until, zone, repeat.except(days));
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(name == null ? "UTC" : name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone: '%s' is no time zone; write one like Europe/Berlin".formatted(name), e);
    }
  }

  public static LocalDateTime time(String field, String text, ZoneId zone) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay();
      }
      boolean offset = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.matches(".*T.*-.*");
      return offset
          ? OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDateTime()
          : LocalDateTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is no time; write one like 2026-12-20T18:00 or 2026-12-20T18:00:00Z"
              .formatted(field, text),
          e);
    }
  }

  /** The time of it that holds at this moment; of several, the one that ends last. */
  public Optional<Once> at(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    long days = ChronoUnit.DAYS.between(from.toLocalDate(), until.toLocalDate()) + 1;
    return today
        .minusDays(days)
        .datesUntil(today.plusDays(2))
        .flatMap(day -> begun(day).stream())
        .filter(once -> !now.isBefore(once.from()) && now.isBefore(once.until()))
        .max(Comparator.comparing(Once::until));
  }

  /** The next time of it that has not begun at this moment; empty when there is none for long. */
  public Optional<Once> next(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate first = today.isBefore(from.toLocalDate()) ? from.toLocalDate() : today;
    return first
        .datesUntil(first.plusDays(LOOK_AHEAD_DAYS))
        .flatMap(day -> begun(day).stream())
        .filter(once -> once.from().isAfter(now))
        .findFirst();
  }

  /** When it is over for good; empty when it comes again without end. */
  public Optional<Instant> over() {
    if (repeat == null) {
      return Optional.of(end(until));
    }
    LocalDate last = repeat.last();
    return last == null
        ? Optional.empty()
        : Optional.of(end(moved(last.atTime(from.toLocalTime()))));
  }

  private Optional<Once> begun(LocalDate day) {
    boolean begins = repeat == null ? day.equals(from.toLocalDate()) : repeat.on(day);
    LocalDateTime begin = day.atTime(from.toLocalTime());
    return begins ? Optional.of(new Once(start(begin), end(moved(begin)))) : Optional.empty();
  }

  private LocalDateTime moved(LocalDateTime begin) {
    return begin.plus(java.time.Duration.between(from, until));
  }

  /** The earlier of two; where the clock skips it, when the clock is changed. */
  private Instant start(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  /** The later of two; where the clock skips it, as if the clock had not been changed. */
  private Instant end(LocalDateTime local) {
    return local.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }
}
