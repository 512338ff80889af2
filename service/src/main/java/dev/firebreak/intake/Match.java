package dev.firebreak.intake;

import dev.firebreak.runbook.Runbook;

/**
 * A runbook that wants an alert.
 *
 * @param key the key of the incident it belongs to; never blank
 */
record Match(Runbook runbook, String key) {
  /** Without all that a runbook holds: a key of a map is asked often. */
  @Override
  public int hashCode() {
    return 31 * runbook.name().hashCode() + key.hashCode();
  }
}
