package dev.firebreak.runbook;

import java.time.Duration;

/**
 * At most so many intents for one target in a sliding window.
 *
 * @param max at least 1
 * @param per the window
 * @param over what happens when the limit is reached
 */
public record Limit(int max, Duration per, Over over) {
  /** What happens when a limit is reached. */
  public enum Over {
    /** The rung is refused; the ladder goes on. */
    REFUSE,
    /** The change waits until there is room again. */
    QUEUE,
    /** The people of {@code approve} are asked. */
    ASK
  }
}
