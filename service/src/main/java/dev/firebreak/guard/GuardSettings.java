package dev.firebreak.guard;

import dev.firebreak.core.Durations;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator allows, whatever runbooks say.
 *
 * @param managed globs of the targets automation was given; with none, nothing is changed
 * @param runbook the limit of any one runbook
 * @param global the limit of all runbooks together
 * @param others the limits of single targets, services, teams and runbooks
 */
public record GuardSettings(
    List<String> managed, Window runbook, Window global, LimitRules others) {
  public GuardSettings {
    managed = List.copyOf(managed);
  }

  /** Without limits but those of any runbook and of all. */
  public GuardSettings(List<String> managed, Window runbook, Window global) {
    this(managed, runbook, global, LimitRules.NONE);
  }

  /** The same, where automation was given these targets. */
  public GuardSettings managing(List<String> globs) {
    return new GuardSettings(globs, runbook, global, others);
  }

  /** How far back the limits count, at the most. */
  public Duration longest() {
    return Stream.concat(Stream.of(runbook, global), others.windows())
        .map(Window::per)
        .max(Comparator.naturalOrder())
        .orElseThrow();
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

    /** Whether so few changes fit into it that they are counted for people to see what is left. */
    boolean countable() {
      return max <= 1_000;
    }

    /** Reads a window as configuration writes it. */
    public static Window of(int max, String per) {
      return new Window(max, Durations.parse(per));
    }
  }
}
