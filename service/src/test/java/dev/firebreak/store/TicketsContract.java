package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.ticket.Ticket;
import dev.firebreak.ticket.Tickets;
import org.junit.jupiter.api.Test;

/** What every {@link Tickets} must do. */
abstract class TicketsContract extends Contract {
  private final String incident = Samples.id("inc");

  @Override
  abstract Database database();

  private Tickets tickets() {
    return database().tickets();
  }

  private Ticket kept(String system, String status) {
    Ticket ticket = new Ticket(incident, system, "1234", "https://x/" + status, status, NOON);
    write(tx -> tickets().keep(tx, ticket));
    return ticket;
  }

  @Test
  void ticket_isKeptAndItsStatusWritten() {
    kept("redmine", "New");
    Ticket closed = kept("redmine", "Closed");
    Ticket file = kept("file", "open");
    assertThat(find(tx -> tickets().find(tx, incident, "redmine"))).contains(closed);
    assertThat(find(tx -> tickets().find(tx, incident, "jira"))).isEmpty();
    assertThat(list(tx -> tickets().ofIncident(tx, incident))).containsExactly(file, closed);
  }
}
