package dev.firebreak.guard;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The halt switch.
 *
 * @param mode on, ask or off
 * @param reason why; never blank unless on from the first start
 * @param by who set it
 * @param at when
 * @param until when it is on again by itself; null for never
 */
public record Automation(Mode mode, String reason, String by, Instant at, @Nullable Instant until) {
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
}
