package dev.firebreak.guard;

import dev.firebreak.core.Durations;
import java.time.Duration;
import java.util.List;

/**
 * What the operator allows, whatever runbooks say.
 *
 * @param managed globs of the targets automation was given; with none, nothing is changed
 * @param runbook the limit of any one runbook
 * @param global the limit of all runbooks together
 */
public record GuardSettings(List<String> managed, Window runbook, Window global) {
  public GuardSettings {
    managed = List.copyOf(managed);
  }

  /**
   * A sliding window.
   *
   * @param max intents, at least 1
   * @param per how far back they count
   */
  public record Window(int max, Duration per) {
    public Window {
      if (max < 1 || per.isNegative() || per.isZero()) {
        throw new IllegalArgumentException("a limit needs max of at least 1 and a duration");
      }
    }

    /** Reads a window as configuration writes it. */
    public static Window of(int max, String per) {
      return new Window(max, Durations.parse(per));
    }
  }
}
