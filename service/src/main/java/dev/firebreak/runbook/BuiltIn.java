package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a step does that the engine sees to itself, because it takes time and no hands. */
public sealed interface BuiltIn {
  /**
   * Lets time pass.
   *
   * @param length a duration, perhaps filled in only when the step begins
   */
  record Pause(Param length) implements BuiltIn {}

  /**
   * Repeats the step's reading action until something is true of its {@code output}.
   *
   * @param holds what must become true
   * @param every pause after the first look
   * @param backoff by which each further pause is longer, at least 1
   * @param cap the longest pause
   * @param within how long, from the first look on, it may take
   */
  record Until(Condition holds, Duration every, double backoff, Duration cap, Duration within)
      implements BuiltIn {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** The pause after so many looks, from 1. */
    public Duration pause(int looks) {
      double millis = every.toMillis() * Math.pow(backoff, Math.max(0, looks - 1));
      Duration pause = Duration.ofMillis((long) Math.min(millis, cap.toMillis()));
      return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
    }
  }

  /**
   * Waits until somebody sends a signal to the run.
   *
   * @param name of the signal
   * @param within how long
   */
  record Signal(String name, Duration within) implements BuiltIn {}

  /**
   * Has another runbook run, and ends as it does.
   *
   * @param runbook its name
   * @param with what it is given, by the name of its inputs
   * @param within how long it may take
   * @param line where it is written, from 1
   * @param column where it is written, from 1
   */
  record Child(String runbook, Map<String, Param> with, Duration within, int line, int column)
      implements BuiltIn {
    public Child {
      with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }
  }
}
