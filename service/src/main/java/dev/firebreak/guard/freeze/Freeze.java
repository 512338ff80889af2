package dev.firebreak.guard.freeze;

import dev.firebreak.calendar.Span;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time in which changes are not made as usual.
 *
 * @param id unique: {@code frz_…} when it was made while the service ran, else its name
 * @param name what people call it
 * @param reason why; never blank
 * @param owner the team or person who answers for it, and is asked when somebody has to be
 * @param span when
 * @param mode what becomes of a change
 * @param scope a condition on the change, or null for every change
 * @param by who made it
 * @param at when it was made
 * @param end how it was ended, or null
 */
public record Freeze(
    String id,
    String name,
    String reason,
    String owner,
    Span span,
    Mode mode,
    @Nullable String scope,
    String by,
    Instant at,
    @Nullable End end) {
  /** Who answers for freezes of {@code config.yml}. */
  public static final String CONFIGURED = "config.yml";

  /** What becomes of a change in a freeze; the later ones are stricter. */
  public enum Mode {
    /** People are asked. */
    ASK,
    /** It waits until the freeze is over. */
    HOLD,
    /** It is refused. */
    DENY;

    /** {@code deny}, as JSON and configuration write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who ended something, when and why. */
  public record End(String by, Instant at, String reason) {}

  /**
   * A word that a freeze does not hold for a while.
   *
   * @param freeze its id
   * @param until when it holds again
   */
  public record Lift(String freeze, Instant until, End by) {}

  /** Whether it stands in the configuration, and can only be lifted for a while. */
  public boolean configured() {
    return by.equals(CONFIGURED);
  }
}
