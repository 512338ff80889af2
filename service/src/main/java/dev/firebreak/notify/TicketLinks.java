package dev.firebreak.notify;

import dev.firebreak.core.Tx;
import java.util.List;

/** Where an incident's tickets are. Thread-safe. */
@FunctionalInterface
public interface TicketLinks {
  /** Tickets are not known. */
  TicketLinks NONE = (tx, incidentId) -> List.of();

  /** The incident's tickets, oldest first. */
  List<Link> of(Tx tx, String incidentId);

  /**
   * A ticket.
   *
   * @param system the configured system's name
   * @param ref the system's own key
   * @param url where people see it
   */
  record Link(String system, String ref, String url) {}
}
