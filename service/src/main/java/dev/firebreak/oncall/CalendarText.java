package dev.firebreak.oncall;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A board as an iCalendar (RFC 5545) that any calendar program reads: all times in UTC. Pure. */
public final class CalendarText {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_LINE = 75;

  private final StringBuilder text = new StringBuilder();

  private CalendarText() {}

  /**
   * Writes one. The same shift has the same UID whenever it is written, so what is over and began
   * before the board is left out.
   */
  public static String of(Board board) {
    CalendarText calendar = new CalendarText();
    calendar.line("BEGIN:VCALENDAR");
    calendar.line("VERSION:2.0");
    calendar.line("PRODID:-//Firebreak//on call//EN");
    calendar.line("X-WR-CALNAME:" + escaped("On call: " + board.name()));
    board.shifts().stream()
        .filter(
            shift ->
                shift.span().from().isAfter(board.span().from()) || shift.span().holds(board.now()))
        .forEach(shift -> calendar.event(board, shift));
    calendar.line("END:VCALENDAR");
    return calendar.text.toString();
  }

  private void event(Board board, Shift shift) {
    line("BEGIN:VEVENT");
    line("UID:" + board.name() + "-" + shift.span().from().getEpochSecond() + "@firebreak");
    line("DTSTAMP:" + utc(board.now()));
    line("DTSTART:" + utc(shift.span().from()));
    line("DTEND:" + utc(shift.span().to()));
    line("SUMMARY:" + escaped(shift.person()));
    if (shift.planned() != null) {
      line("DESCRIPTION:" + escaped("instead of " + shift.planned()));
    }
    line("END:VEVENT");
  }

  private static String utc(Instant moment) {
    return UTC.format(moment);
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R", "\\\\n")
        .replaceAll("\\p{Cntrl}", "");
  }

  /**
   * At most 75 bytes a line, never cut within a character; what is longer goes on after a blank.
   */
  private void line(String line) {
    int width = 0;
    for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
      String character = Character.toString(line.codePointAt(i));
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;
      if (width + bytes > LONGEST_LINE) {
        text.append("\r\n ");
        width = 1;
      }
      text.append(character);
      width += bytes;
    }
    text.append("\r\n");
  }
}
