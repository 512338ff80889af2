package dev.firebreak.guard;

import dev.firebreak.alert.Alerts;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;

/** The alert, read again: what is over needs no fix. A run that a human started has no alert. */
final class AlertGuard implements Guard {
  private final Alerts alerts;

  AlertGuard(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public String name() {
    return "alert";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    String incident = proposal.run().incidentId();
    if (proposal.undo()
        || proposal.goesOn()
        || alerts.firing(tx, incident) > 0
        || alerts.ofIncident(tx, incident).isEmpty()) {
      return new Decision.Allow();
    }
    return new Decision.Deny(
        new Reason(
            "alert-resolved",
            "no alert of this incident fires any more; to run it all the same, start the runbook by"
                + " hand"));
  }
}
