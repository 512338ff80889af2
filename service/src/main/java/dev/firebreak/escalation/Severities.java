package dev.firebreak.escalation;

import dev.firebreak.core.Tx;

/** How grave incidents are. Thread-safe. */
@FunctionalInterface
public interface Severities {
  /** As the alert words it; empty when it has none, or when there is no such incident. */
  String of(Tx tx, String incidentId);
}
