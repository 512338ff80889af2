package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of an incident shows. */
final class IncidentReader {
  private static final int ALERTS = 12;
  private static final int RUNS = 6;
  private static final int ARTIFACTS = 40;
  private static final int LABELS = 24;
  private static final int MESSAGES = 20;
  private static final int GATES = 10;
  private static final int LABEL_TEXT = 200;

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
        alerts.reversed().stream().limit(ALERTS).map(alert -> alert(alert, times)).toList();
    List<GateCard> gates =
        desks.gates().list(tx, null, id, null, GATES).stream()
            .map(gate -> GateCard.of(gate, askable, times))
            .toList();
    List<IncidentView.CallLine> calls =
        desks.escalations().ofIncident(tx, id).stream().map(call -> call(call, times)).toList();
    List<IncidentView.RunCard> runs = cards.of(tx, id, RUNS, times);
    List<IncidentView.ArtifactLine> artifacts =
        shelves.artifacts().ofIncident(tx, id).stream()
            .limit(ARTIFACTS)
            .map(IncidentReader::artifact)
            .toList();
    List<IncidentView.SentLine> sent =
        desks.outbox().ofIncident(tx, id).reversed().stream()
            .limit(MESSAGES)
            .map(entry -> sent(entry, times))
            .toList();
    return new IncidentView(
        id,
        head(incident, times),
        hands(incident, askable.who()),
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

  private static IncidentView.Hands hands(Incident incident, Principal who) {
    boolean may = who.may(Role.RESPONDER);
    String why = may ? "" : "Acting needs the role responder. You have: " + Fault.roles(who) + ".";
    return new IncidentView.Hands(
        may,
        why,
        incident.status() == Incident.Status.OPEN,
        incident.status() != Incident.Status.RESOLVED);
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

  private static IncidentView.AlertCard alert(StoredAlert stored, Times times) {
    Alert alert = stored.alert();
    boolean firing = alert.status() == Alert.Status.FIRING;
    return new IncidentView.AlertCard(
        new Badge(firing ? "bad" : "good", firing ? "firing" : "resolved"),
        Link.outside(Excerpt.line(alert.summary(), 300), alert.link()),
        alert.source(),
        Badge.severity(alert.severity()),
        times.when(alert.startsAt()),
        times.whenKnown(alert.endsAt()),
        stored.deliveries() > 1 ? Long.toString(stored.deliveries()) : "",
        labels(alert.labels()),
        labels(alert.annotations()));
  }

  private static List<IncidentView.Label> labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .limit(LABELS)
        .map(
            label ->
                new IncidentView.Label(
                    Excerpt.line(label.getKey(), LABEL_TEXT),
                    Excerpt.line(label.getValue(), LABEL_TEXT)))
        .toList();
  }

  static IncidentView.ArtifactLine artifact(Artifact artifact) {
    return new IncidentView.ArtifactLine(
        artifact.id(),
        Excerpt.line(artifact.name(), 120),
        artifact.stepId(),
        size(artifact.size()),
        artifact.sha256().substring(0, Math.min(12, artifact.sha256().length())),
        artifact.truncated());
  }

  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1024 * 1024
        ? "%d KB".formatted(bytes / 1024)
        : "%d.%d MB".formatted(bytes >> 20, (bytes & 0xFFFFF) * 10 >> 20);
  }

  private List<IncidentView.TicketLine> tickets(Tx tx, String incident) {
    return desks.tickets().ofIncident(tx, incident).stream()
        .map(
            ticket ->
                new IncidentView.TicketLine(
                    ticket.system(), Link.outside(ticket.ref(), ticket.url()), ticket.status()))
        .toList();
  }

  private static IncidentView.SentLine sent(Outbox.Entry entry, Times times) {
    Object channel = entry.message().payload().get("channel");
    Object system = entry.message().payload().get("system");
    String where = channel != null ? channel.toString() : system == null ? "" : system.toString();
    Badge status =
        entry.deliveredAt() != null
            ? new Badge("good", "delivered")
            : entry.dueAt() == null
                ? new Badge("bad", "given up")
                : new Badge(
                    entry.attempts() == 0 ? "busy" : "warn",
                    entry.attempts() == 0 ? "on its way" : "trying again");
    String error =
        entry.deliveredAt() == null && entry.lastError() != null
            ? Excerpt.line(entry.lastError(), 200)
            : "";
    return new IncidentView.SentLine(
        (entry.message().kind() + " " + where).strip(),
        status,
        error,
        times.when(entry.deliveredAt() == null ? entry.createdAt() : entry.deliveredAt()));
  }
}
