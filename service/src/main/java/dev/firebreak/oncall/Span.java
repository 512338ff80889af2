package dev.firebreak.oncall;

import java.time.Instant;

/**
 * From a moment, included, to a later one, excluded.
 *
 * @throws IllegalArgumentException when it ends before it begins
 */
public record Span(Instant from, Instant to) {
  public Span {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("'to' must be after 'from'");
    }
  }

  /** Whether a moment lies in it. */
  public boolean holds(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }

  /** Whether the two have a moment in common. */
  public boolean meets(Span other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }
}
