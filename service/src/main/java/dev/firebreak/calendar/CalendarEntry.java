package dev.firebreak.calendar;

import java.util.List;
import java.util.Optional;

/** The lines of one event. Immutable. */
record CalendarEntry(List<CalendarLine> lines) {
  CalendarEntry {
    lines = List.copyOf(lines);
  }

  Optional<CalendarLine> find(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst();
  }

  List<CalendarLine> all(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).toList();
  }

  /** What a line says, with its escapes resolved; empty when there is none. */
  String text(String name) {
    return find(name).map(CalendarLine::text).orElse("");
  }

  CalendarLine needed(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the event '%s' has no %s".formatted(text("SUMMARY"), name)));
  }

  /** Withdrawn as a whole; of a repeated one, this time of it. */
  boolean cancelled() {
    return text("STATUS").equalsIgnoreCase("CANCELLED");
  }
}
