package dev.firebreak.run;

import java.util.Locale;

/** A run's state in one word, for columns, labels and badges. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  /** For a gate, a timer, a lock, a limit, a freeze, an acknowledgement, or a human's answer. */
  WAITING,
  /** Nothing needed changing. */
  SUCCEEDED,
  /** A fix was verified. */
  MITIGATED,
  /** A human was called and answered for it. */
  ESCALATED,
  /** Neither fix nor human. */
  FAILED,
  /** A human, or the end of the alert, withdrew it. */
  CANCELLED;

  /** Whether nothing follows. */
  public boolean ended() {
    return compareTo(WAITING) > 0;
  }

  /** {@code mitigated}, as JSON, expressions and labels write it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }
}
