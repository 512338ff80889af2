package dev.firebreak.run;

import java.util.Locale;

/** What a step waits for. */
public enum WaitFor {
  /** People, to approve or reject. */
  GATE,
  /** A pause before the next try, or before the proof. */
  TIMER,
  /** Another run, to let go of the target. */
  LOCK,
  /** Room in a limit, or for one more change at work. */
  LIMIT,
  /** Automation, to be switched on again. */
  FREEZE,
  /** A human, to acknowledge a call. */
  ACKNOWLEDGEMENT,
  /** A time the runbook names. */
  TIME,
  /** A signal somebody sends. */
  SIGNAL,
  /** A run of another runbook, to end. */
  CHILD;

  /** Whether waiting is all the step does: what it waits for is its end. */
  boolean ofItsOwn() {
    return this == TIME || this == SIGNAL || this == CHILD;
  }

  /** {@code gate}, as JSON and labels write it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }
}
