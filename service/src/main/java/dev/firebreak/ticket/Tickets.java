package dev.firebreak.ticket;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps which tickets there are. Thread-safe. */
public interface Tickets {
  /** Adds a ticket, or writes its URL and status when it is there. */
  void keep(Tx tx, Ticket ticket);

  /** The ticket of an incident in one system; empty when it has none there. */
  Optional<Ticket> find(Tx tx, String incidentId, String system);

  /** All of an incident, oldest first. */
  List<Ticket> ofIncident(Tx tx, String incidentId);
}
