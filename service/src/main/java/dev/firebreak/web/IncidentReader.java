package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.run.Incident;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of an incident shows. */
final class IncidentReader {
  private static final int ALERTS = 12;
  private static final int RUNS = 6;
  private static final int ARTIFACTS = 40;
  private static final int MESSAGES = 20;
  private static final int GATES = 10;

  private final Shelves shelves;
  private final Desks desks;
  private final TimelineReader timeline;
  private final RunCards cards;

  IncidentReader(Shelves shelves, Desks desks) {
    this.shelves = shelves;
    this.desks = desks;
    this.timeline = new TimelineReader(shelves.journal());
    this.cards = new RunCards(shelves.runs());
  }

  Incident incident(Tx tx, String id) {
    return shelves
        .incidents()
        .find(tx, id)
        .orElseThrow(
            () ->
                new OrderRefused(OrderRefused.Kind.NOT_FOUND, "There is no incident " + id + "."));
  }

  IncidentView view(Tx tx, Incident incident, Askable askable, Times times, long before) {
    String id = incident.id();
    List<StoredAlert> alerts = shelves.alerts().ofIncident(tx, id);
    List<IncidentView.AlertCard> shown =
        alerts.reversed().stream()
            .limit(ALERTS)
            .map(alert -> IncidentLines.alert(alert, times))
            .toList();
    List<GateCard> gates =
        desks.gates().list(tx, null, id, null, GATES).stream()
            .map(gate -> GateCard.of(gate, askable, times))
            .toList();
    List<IncidentView.CallLine> calls =
        desks.escalations().ofIncident(tx, id).stream().map(call -> call(call, times)).toList();
    List<IncidentView.RunCard> runs = cards.of(tx, id, RUNS, times);
    List<IncidentView.ArtifactLine> artifacts =
        shelves.artifacts().first(tx, id, ARTIFACTS).stream().map(IncidentLines::artifact).toList();
    List<IncidentView.SentLine> sent =
        desks.outbox().newest(tx, id, MESSAGES).stream()
            .map(entry -> IncidentLines.sent(entry, times))
            .toList();
    return new IncidentView(
        id,
        head(incident, times),
        hands(tx, incident, askable.who()),
        gates,
        !gates.isEmpty(),
        calls,
        !calls.isEmpty(),
        shown,
        !shown.isEmpty(),
        alerts.size() > ALERTS ? Integer.toString(alerts.size() - ALERTS) : "",
        runs,
        !runs.isEmpty(),
        artifacts,
        !artifacts.isEmpty(),
        tickets(tx, id),
        sent,
        !sent.isEmpty(),
        timeline.newest(tx, id, before, times));
  }

  private static IncidentView.Head head(Incident incident, Times times) {
    return new IncidentView.Head(
        Excerpt.line(incident.title(), 300),
        Excerpt.line(incident.key(), 300),
        incident.owner(),
        Badge.severity(incident.severity()),
        Badge.of(incident.status()),
        times.when(incident.openedAt()),
        word(incident.acknowledgedBy(), times.whenKnown(incident.acknowledgedAt())),
        word(incident.resolvedBy(), times.whenKnown(incident.resolvedAt())));
  }

  private static IncidentView.@Nullable Word word(@Nullable String by, Times.@Nullable When at) {
    return by == null ? null : new IncidentView.Word(TimelineReader.actor(by), at);
  }

  private IncidentView.Hands hands(Tx tx, Incident incident, Principal who) {
    boolean may = who.may(Role.RESPONDER);
    String why = may ? "" : "Acting needs the role responder. You have: " + Fault.roles(who) + ".";
    return new IncidentView.Hands(
        may,
        why,
        incident.status() != Incident.Status.RESOLVED && waits(tx, incident, who),
        incident.status() != Incident.Status.RESOLVED);
  }

  /** Whether an acknowledgement by this one would answer something. */
  private boolean waits(Tx tx, Incident incident, Principal who) {
    return incident.status() == Incident.Status.OPEN
        || desks.followUps().handedTo(tx, incident.id(), who.name())
        || desks.escalations().ofIncident(tx, incident.id()).stream()
            .anyMatch(call -> call.status() == Escalation.Status.CALLING);
  }

  private static IncidentView.CallLine call(Escalation call, Times times) {
    return new IncidentView.CallLine(
        call.chain(),
        Badge.of(call.status()),
        Excerpt.line(call.why(), 400),
        times.when(call.openedAt()),
        call.status() == Escalation.Status.CALLING ? times.when(call.nextAt()) : null,
        call.acknowledgedBy() == null ? "" : call.acknowledgedBy());
  }

  private List<IncidentView.TicketLine> tickets(Tx tx, String incident) {
    return desks.tickets().ofIncident(tx, incident).stream()
        .map(
            ticket ->
                new IncidentView.TicketLine(
                    ticket.system(), Link.outside(ticket.ref(), ticket.url()), ticket.status()))
        .toList();
  }
}
