package dev.firebreak.run;

import java.util.Locale;

/** A step's state in one word, for columns, labels and badges. */
public enum StepStatus {
  PENDING,
  /** It may start as soon as its guards allow. */
  READY,
  RUNNING,
  /** For what {@link WaitFor} says. */
  WAITING,
  SUCCEEDED,
  FAILED,
  SKIPPED,
  CANCELLED,
  /** Interrupted between intent and outcome: nobody knows. */
  UNKNOWN;

  /** {@code succeeded}, as JSON, expressions and labels write it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }
}
