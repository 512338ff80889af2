package dev.firebreak.runbook;

import java.util.Locale;

/** What becomes of a change whose target another run has, or waits for. */
public enum LockMode {
  /** It waits for its turn. */
  QUEUE,
  /** It is refused. */
  DROP,
  /** It waits, in the place of older runs that wait in the same way; these end. */
  SUPERSEDE;

  /** {@code supersede}, as runbooks and JSON write it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }
}
