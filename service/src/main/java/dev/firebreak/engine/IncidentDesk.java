package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Incident;
import java.time.Instant;

/** Moves incidents on: acknowledged, resolved. Works inside a transaction of its caller. */
final class IncidentDesk {
  private final EnginePorts ports;
  private final Desks desks;
  private final Notes notes;

  IncidentDesk(EnginePorts ports, Desks desks, Notes notes) {
    this.ports = ports;
    this.desks = desks;
    this.notes = notes;
  }

  Incident find(Tx tx, String id) {
    return ports
        .incidents()
        .find(tx, id)
        .orElseThrow(
            () -> new OrderRefused(OrderRefused.Kind.NOT_FOUND, "there is no incident " + id));
  }

  Incident acknowledge(Tx tx, String id, Actor by, Instant now) {
    Incident incident = find(tx, id);
    if (incident.status() == Incident.Status.RESOLVED || !wanted(tx, incident, by)) {
      throw new OrderRefused(
          OrderRefused.Kind.CONFLICT,
          incident.status() == Incident.Status.RESOLVED
              ? "this incident is resolved"
              : incident.acknowledgedBy() + " acknowledged it already");
    }
    Incident taken = incident.acknowledged(by.name(), now);
    save(tx, taken, by, "incident.acknowledged", text(incident, by), now);
    desks.calls().acknowledge(tx, id, by.name(), now);
    return taken;
  }

  /** A later run may call again for an incident that somebody has: that is to be answered, too. */
  private boolean wanted(Tx tx, Incident incident, Actor by) {
    return incident.status() == Incident.Status.OPEN
        || desks.calls().handedTo(tx, incident.id(), by.name())
        || desks.calls().calling(tx, incident.id());
  }

  private static String text(Incident before, Actor by) {
    String holder = before.acknowledgedBy();
    if (by.name().equals(holder)) {
      return by.name() + " acknowledges again";
    }
    return by.name() + " acknowledges" + (holder == null ? "" : ", and has it from " + holder);
  }

  Incident resolve(Tx tx, String id, Actor by, String text, Instant now) {
    Incident incident = find(tx, id);
    if (incident.status() == Incident.Status.RESOLVED) {
      throw new OrderRefused(OrderRefused.Kind.CONFLICT, "this incident is resolved already");
    }
    Incident over = incident.resolved(by.asText(), now);
    save(tx, over, by, "incident.resolved", text, now);
    return over;
  }

  /** Resolves an incident of which no alert fires and no run lives. */
  void settle(Tx tx, String id, Instant now) {
    Incident incident = find(tx, id);
    if (incident.status() != Incident.Status.RESOLVED
        && ports.alerts().firing(tx, id) == 0
        && !ports.alerts().ofIncident(tx, id).isEmpty()
        && ports.runs().liveOf(tx, id).isEmpty()) {
      resolve(tx, id, Actor.ENGINE, "every alert resolved and every run ended", now);
    }
  }

  void note(Tx tx, String id, Actor by, String text, Instant now) {
    Incident incident = find(tx, id);
    notes.incident(tx, incident, now, by, "note.added", text);
  }

  private void save(Tx tx, Incident incident, Actor by, String kind, String text, Instant now) {
    ports.incidents().save(tx, incident);
    notes.incident(tx, incident, now, by, kind, text);
    notes.changed(tx, incident);
    desks
        .tidings()
        .apply(tx, incident)
        .forEach(message -> ports.outbox().add(tx, message, incident.id(), now));
  }
}
