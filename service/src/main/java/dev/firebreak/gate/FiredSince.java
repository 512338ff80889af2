package dev.firebreak.gate;

import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Tx;
import java.util.List;

/** What people hear while they think about a gate. */
public final class FiredSince {
  /** More are on the incident. */
  private static final int MOST = 20;

  private FiredSince() {}

  /**
   * The alerts that joined its incident since it was opened and until it was over, newest first.
   */
  public static List<StoredAlert> of(Tx tx, Alerts alerts, Gate gate) {
    return alerts.since(tx, gate.incidentId(), gate.openedAt(), MOST).stream()
        .filter(alert -> gate.endedAt() == null || alert.firstSeen().isBefore(gate.endedAt()))
        .toList();
  }
}
