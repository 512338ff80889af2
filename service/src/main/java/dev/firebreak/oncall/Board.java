package dev.firebreak.oncall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as people look at it.
 *
 * @param span what is shown
 * @param now for which moment {@link #current} is
 * @param shifts who really has which part of the span
 * @param gaps when nobody has it
 * @param covers that meet the span, oldest first
 */
public record Board(
    String name,
    ZoneId timezone,
    Span span,
    Instant now,
    List<Shift> shifts,
    List<Span> gaps,
    List<Cover> covers) {
  public Board {
    shifts = List.copyOf(shifts);
    gaps = List.copyOf(gaps);
    covers = List.copyOf(covers);
  }

  /** The shift that holds now; empty when nobody is on call, or now is not shown. */
  public Optional<Shift> current() {
    return shifts.stream().filter(shift -> shift.span().holds(now)).findFirst();
  }

  /** The shifts that begin after now. */
  public List<Shift> next() {
    return shifts.stream().filter(shift -> shift.span().from().isAfter(now)).toList();
  }
}
