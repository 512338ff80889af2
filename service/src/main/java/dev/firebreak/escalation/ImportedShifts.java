package dev.firebreak.escalation;

import dev.firebreak.calendar.CalendarFile;
import dev.firebreak.core.Nearest;
import dev.firebreak.oncall.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Reads who has which shift out of a calendar.
 *
 * @param people everybody who may have one
 */
record ImportedShifts(Set<String> people) {
  private static final int MOST = 300;

  /** A shift of a person. */
  record Stretch(String person, Span span) {}

  /** The shifts that meet a span, cut to it, in order. */
  List<Stretch> of(String calendar, ZoneId zone, Span span) {
    List<Stretch> shifts = new ArrayList<>();
    try {
      for (CalendarFile.Event event : CalendarFile.read(calendar, zone)) {
        List<Span> times = times(event, span);
        if (!times.isEmpty()) {
          String person = person(event);
          times.forEach(time -> shifts.add(new Stretch(person, time)));
        }
        if (shifts.size() > MOST) {
          throw new ShiftDesk.Refused(
              "the calendar has more than %d shifts in the next 91 days".formatted(MOST));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ShiftDesk.Refused("the calendar cannot be read: " + e.getMessage());
    }
    if (shifts.isEmpty()) {
      throw new ShiftDesk.Refused(
          "the calendar has no shift in the next 91 days: empty would take all back");
    }
    shifts.sort(Comparator.comparing(shift -> shift.span().from()));
    return List.copyOf(shifts);
  }

  private static List<Span> times(CalendarFile.Event event, Span span) {
    return event.span().between(span.from(), span.to()).stream()
        .map(once -> new Span(later(once.from(), span.from()), once.until()))
        .toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private String person(CalendarFile.Event event) {
    String summary = event.summary().strip();
    if (people.contains(summary)) {
      return summary;
    }
    String local = event.mail().replaceFirst("@.*", "");
    if (people.contains(local)) {
      return local;
    }
    throw new ShiftDesk.Refused(
        "the shift '%s' is of nobody here: its title must be a name in people or in a team (%s)"
            .formatted(summary, Nearest.advice(summary, people)));
  }
}
