package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.ticket.Ticket;
import dev.firebreak.ticket.Tickets;
import java.util.List;
import java.util.Optional;

/** Tickets in a table. */
final class JdbiTickets implements Tickets {
  @Override
  public void keep(Tx tx, Ticket ticket) {
    if (sql(tx).update(ticket) == 0 && sql(tx).insert(ticket) == 0) {
      sql(tx).update(ticket);
    }
  }

  @Override
  public Optional<Ticket> find(Tx tx, String incidentId, String system) {
    return sql(tx).find(incidentId, system);
  }

  @Override
  public List<Ticket> ofIncident(Tx tx, String incidentId) {
    return sql(tx).ofIncident(incidentId);
  }

  private static TicketSql sql(Tx tx) {
    return StoreTx.sql(tx, TicketSql.class);
  }
}
