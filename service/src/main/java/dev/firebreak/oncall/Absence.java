package dev.firebreak.oncall;

import java.time.Instant;

/**
 * Somebody is away, and another one stands in: on schedules, in calls and at gates.
 *
 * @param id {@code abs_…}
 * @param person who is away
 * @param substitute who stands in; never the same person
 * @param reason in the words of whoever made it; may be empty
 * @param by who made it
 */
public record Absence(
    String id, String person, String substitute, Span span, String reason, String by, Instant at) {
  public Absence {
    if (person.equals(substitute)) {
      throw new IllegalArgumentException("nobody stands in for themselves: name somebody else");
    }
  }
}
