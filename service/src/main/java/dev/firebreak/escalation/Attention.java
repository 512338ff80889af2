package dev.firebreak.escalation;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an incident waits for from people, beside its runs.
 *
 * @param state what for
 * @param person from whom
 * @param giver who handed it over, or null
 * @param call the escalation that is walked, or whose chain would be; null when there was none
 * @param seen up to which line its journal was read
 * @param dueAt when to look again
 */
public record Attention(
    String incidentId,
    State state,
    String person,
    @Nullable String giver,
    @Nullable String call,
    long seen,
    Instant dueAt) {
  /** What is waited for. */
  public enum State {
    /** A word of anybody, before it counts as forgotten. */
    QUIET,
    /** The end of a rest somebody asked for. */
    SNOOZED,
    /** An answer of who acknowledged it. */
    ASKED,
    /** That somebody takes it over. */
    HANDED,
    /** That anybody of the chain acknowledges it again. */
    WALKING;

    /** {@code quiet}, as the column has it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Attention in(State next, Instant due) {
    return new Attention(incidentId, next, person, giver, call, seen, due);
  }
}
