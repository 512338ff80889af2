package dev.firebreak.ticket;

import dev.firebreak.core.Tx;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known when a message is carried, read in one transaction.
 *
 * @param artifacts all of the incident, oldest first
 * @param journal all of the incident, oldest first
 * @param ticket the ticket that is on record
 */
record TicketFacts(
    Incident incident,
    Optional<Run> run,
    List<Artifact> artifacts,
    List<JournalEntry> journal,
    Optional<Ticket> ticket) {
  private static final int PAGE = 500;

  static TicketFacts read(TicketPorts ports, TicketRequest request) {
    return ports.ledger().read(tx -> read(tx, ports, request));
  }

  private static TicketFacts read(Tx tx, TicketPorts ports, TicketRequest request) {
    Incident incident =
        ports
            .incidents()
            .find(tx, request.incident())
            .orElseThrow(
                () ->
                    new CourierException(
                        "ticket message %s is about incident %s, which is not in the database"
                            .formatted(request.key(), request.incident()),
                        true,
                        null));
    return new TicketFacts(
        incident,
        Optional.ofNullable(request.run()).flatMap(run -> ports.runs().glance(tx, run)),
        ports.artifacts().ofIncident(tx, incident.id()),
        journal(tx, ports, incident.id()),
        ports.tickets().find(tx, incident.id(), request.system()));
  }

  private static List<JournalEntry> journal(Tx tx, TicketPorts ports, String incident) {
    List<JournalEntry> all = new ArrayList<>();
    List<JournalEntry> page;
    do {
      long after = all.isEmpty() ? 0 : all.getLast().sequence();
      page = ports.journal().read(tx, incident, after, PAGE);
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }

  boolean resolved() {
    return incident.status() == Incident.Status.RESOLVED;
  }
}
