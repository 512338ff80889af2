package dev.firebreak.api;

import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Deliveries;
import dev.firebreak.core.Ledger;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.gate.Gates;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;
import dev.firebreak.ticket.Tickets;

/**
 * Where the resources read what happened.
 *
 * @param around what belongs to an incident besides its runs
 */
public record ApiRecords(
    Ledger ledger,
    Incidents incidents,
    Runs runs,
    Gates gates,
    Journal journal,
    Artifacts artifacts,
    Around around) {
  /** What belongs to an incident besides its runs. */
  public record Around(
      Alerts alerts, Deliveries deliveries, Tickets tickets, Escalations escalations) {}
}
