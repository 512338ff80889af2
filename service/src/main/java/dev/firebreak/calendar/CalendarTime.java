package dev.firebreak.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as RFC 5545 writes them: {@code 20261220}, {@code 20261220T180000}, or with a Z for UTC.
 */
final class CalendarTime {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

  private CalendarTime() {}

  /** The time on the zone's clock; empty when the text is none. */
  static Optional<LocalDateTime> parse(String text, ZoneId zone) {
    try {
      if (text.length() == 8) {
        return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay());
      }
      boolean utc = text.endsWith("Z");
      LocalDateTime time =
          LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text, TIME);
      return Optional.of(
          utc ? time.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime() : time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
