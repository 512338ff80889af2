package dev.firebreak.guard;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the halt switch is at, for everything or for a part of it.
 *
 * @param mode on, ask or off
 * @param reason why; never blank unless on from the first start
 * @param by who set it
 * @param at when
 * @param until when it is on again by itself; null for never
 * @param scope which changes are meant
 * @param owner the team or person who answers for it
 */
public record Automation(
    Mode mode,
    String reason,
    String by,
    Instant at,
    @Nullable Instant until,
    HaltScope scope,
    String owner) {
  /** A setting for everything; who set it answers for it. */
  public Automation(Mode mode, String reason, String by, Instant at, @Nullable Instant until) {
    this(mode, reason, by, at, until, HaltScope.ALL, by);
  }

  /** What automation may do. */
  public enum Mode {
    /** What the guards allow. */
    ON,
    /** Every change asks a human first. */
    ASK,
    /** No change. */
    OFF;

    /** {@code on}, as JSON and labels write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether its end has come. */
  public boolean over(Instant now) {
    return until != null && !now.isBefore(until);
  }
}
