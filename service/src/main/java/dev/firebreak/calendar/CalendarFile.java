package dev.firebreak.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of an iCalendar file (RFC 5545), each with the times it comes. What calendar programs
 * export is read: time zones by name, whole days, repetition by days, days left out, single times
 * moved or cancelled. Whatever else an event may say is passed over; a rule that is not understood
 * refuses the file, because a time that is silently missing is worse. Pure.
 */
public final class CalendarFile {
  /** No file has more events; what is longer is not a calendar of duties or freezes. */
  public static final int MOST_EVENTS = 5_000;

  private final ZoneId usual;

  private CalendarFile(ZoneId usual) {
    this.usual = usual;
  }

  /**
   * An event.
   *
   * @param uid the calendar's own name for it; the same for its moved times
   * @param summary one line; empty when it has none
   * @param description empty when it has none
   * @param mail the address of the first one invited, without {@code mailto:}; empty when nobody is
   * @param span when it comes
   */
  public record Event(String uid, String summary, String description, String mail, Span span) {}

  /**
   * Reads a file.
   *
   * @param usual the zone of times that name none, unless the file names one
   * @return in the order of the file, without what was cancelled
   * @throws IllegalArgumentException naming the line and what is wrong with it
   */
  public static List<Event> read(String text, ZoneId usual) {
    List<CalendarLine> lines = CalendarLine.all(text);
    if (lines.isEmpty() || !lines.getFirst().is("BEGIN", "VCALENDAR")) {
      throw new IllegalArgumentException("this is no calendar: it must begin with BEGIN:VCALENDAR");
    }
    if (!lines.getLast().is("END", "VCALENDAR")) {
      throw lines.getLast().fault("the file is cut off: END:VCALENDAR is missing");
    }
    ZoneId zone =
        lines.stream()
            .filter(line -> line.name().equals("X-WR-TIMEZONE"))
            .findFirst()
            .map(line -> zone(line, line.value()))
            .orElse(usual);
    return new CalendarFile(zone).events(lines);
  }

  private List<Event> events(List<CalendarLine> lines) {
    List<CalendarEntry> entries = entries(lines);
    List<Event> events = new ArrayList<>();
    for (CalendarEntry entry : entries) {
      if (!entry.cancelled()) {
        events.add(event(entry, entries));
      }
    }
    return List.copyOf(events);
  }

  private static List<CalendarEntry> entries(List<CalendarLine> lines) {
    List<CalendarEntry> entries = new ArrayList<>();
    List<String> within = new ArrayList<>();
    List<CalendarLine> event = new ArrayList<>();
    for (CalendarLine line : lines) {
      if (line.name().equals("BEGIN")) {
        within.add(line.word());
      } else if (line.name().equals("END")) {
        if (within.isEmpty() || !within.removeLast().equals(line.word())) {
          throw line.fault("there was no BEGIN:" + line.word() + " for it");
        }
        if (line.is("END", "VEVENT")) {
          entries.add(new CalendarEntry(event));
          event = new ArrayList<>();
        }
      } else if (within.size() == 2 && within.getLast().equals("VEVENT")) {
        event.add(line);
      }
      if (entries.size() > MOST_EVENTS) {
        throw line.fault("there are more than %d events".formatted(MOST_EVENTS));
      }
    }
    return entries;
  }

  private Event event(CalendarEntry entry, List<CalendarEntry> all) {
    CalendarLine start = entry.needed("DTSTART");
    ZoneId zone = zoneOf(start);
    LocalDateTime from = time(start, start.value(), zone);
    String rule = entry.text("RRULE");
    if (entry.find("RDATE").isPresent()) {
      throw entry.needed("RDATE").fault("RDATE is not understood; make an event of each time");
    }
    try {
      Span once = new Span(from, until(entry, start, from, zone), zone, null);
      Span span =
          rule.isEmpty()
              ? once
              : once.repeating(Repeat.parse(rule, from, zone)).except(left(entry, all, zone));
      return new Event(
          entry.text("UID"),
          entry.text("SUMMARY"),
          entry.text("DESCRIPTION"),
          entry.text("ATTENDEE").replaceFirst("(?i)^mailto:", ""),
          span);
    } catch (IllegalArgumentException e) {
      throw start.fault(String.valueOf(e.getMessage()), e);
    }
  }

  /** The days on which a repeated event does not come: left out, or moved to another time. */
  private Set<LocalDate> left(CalendarEntry entry, List<CalendarEntry> all, ZoneId zone) {
    Set<LocalDate> days = new HashSet<>();
    entry.all("EXDATE").forEach(line -> days.addAll(days(line, zone)));
    all.stream()
        .filter(other -> other != entry && other.text("UID").equals(entry.text("UID")))
        .flatMap(other -> other.find("RECURRENCE-ID").stream())
        .forEach(line -> days.addAll(days(line, zone)));
    return days;
  }

  /** In the zone of the event, whatever zone the line is written in. */
  private List<LocalDate> days(CalendarLine line, ZoneId zone) {
    ZoneId own = zoneOf(line);
    return java.util.Arrays.stream(line.value().split(",", -1))
        .map(text -> time(line, text, own))
        .map(
            time ->
                line.wholeDay()
                    ? time.toLocalDate()
                    : time.atZone(own).withZoneSameInstant(zone).toLocalDate())
        .toList();
  }

  private LocalDateTime until(
      CalendarEntry entry, CalendarLine start, LocalDateTime from, ZoneId zone) {
    Optional<CalendarLine> end = entry.find("DTEND");
    if (end.isPresent()) {
      CalendarLine line = end.get();
      ZoneId own = zoneOf(line);
      LocalDateTime time = time(line, line.value(), own);
      return line.wholeDay() ? time : time.atZone(own).withZoneSameInstant(zone).toLocalDateTime();
    }
    Optional<CalendarLine> length = entry.find("DURATION");
    if (length.isPresent()) {
      return longer(length.get(), from);
    }
    if (start.wholeDay()) {
      return from.plusDays(1);
    }
    throw start.fault("the event has neither DTEND nor DURATION: it would never end or never hold");
  }

  private static LocalDateTime longer(CalendarLine line, LocalDateTime from) {
    String text = line.value();
    int time = text.indexOf('T');
    try {
      LocalDateTime day =
          time == 1 ? from : from.plus(Period.parse(time < 0 ? text : text.substring(0, time)));
      return time < 0 ? day : day.plus(Duration.parse("P" + text.substring(time)));
    } catch (DateTimeException e) {
      throw line.fault("'%s' is no duration like PT8H or P7D".formatted(text), e);
    }
  }

  private ZoneId zoneOf(CalendarLine line) {
    if (line.value().endsWith("Z")) {
      return ZoneOffset.UTC;
    }
    String named = line.parameter("TZID");
    return named == null ? usual : zone(line, named);
  }

  private static ZoneId zone(CalendarLine line, String name) {
    String known = name.startsWith("/") ? lastTwo(name) : name;
    try {
      return ZoneId.of(known);
    } catch (DateTimeException e) {
      throw line.fault(
          "there is no time zone '%s'; have the calendar write one like Europe/Berlin"
              .formatted(name),
          e);
    }
  }

  /** Some programs write {@code /vendor/version/Europe/Berlin}. */
  private static String lastTwo(String name) {
    int last = name.lastIndexOf('/');
    return name.substring(name.lastIndexOf('/', last - 1) + 1);
  }

  private static LocalDateTime time(CalendarLine line, @Nullable String text, ZoneId zone) {
    String written = String.valueOf(text);
    return CalendarTime.parse(written, zone)
        .orElseThrow(() -> line.fault("'%s' is no time like 20261220T180000".formatted(written)));
  }
}
