package dev.firebreak.web;

import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.gate.Gates;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.ticket.Tickets;
import java.util.Optional;

/** Where pages read what people were asked, told and given. */
public record Desks(
    Gates gates,
    Escalations escalations,
    Tickets tickets,
    Outbox outbox,
    AutomationSwitch automation,
    Postmortems postmortems) {
  /** The drafts of postmortems. Thread-safe. */
  @FunctionalInterface
  public interface Postmortems {
    /** The Markdown of an incident's draft; empty before the first one is written. */
    Optional<String> draft(Tx tx, String incidentId);
  }
}
