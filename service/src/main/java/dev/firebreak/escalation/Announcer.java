package dev.firebreak.escalation;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.JournalEntry.Note;
import dev.firebreak.run.RunListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What people are told, and the record, about an incident that is looked after. Thread-safe. */
final class Announcer {
  private final FollowUps.Parts parts;
  private final List<RunListener> listeners;
  private final Ids ids;
  private final InstantSource clock;

  Announcer(FollowUps.Parts parts, List<RunListener> listeners, Ids ids, InstantSource clock) {
    this.parts = parts;
    this.listeners = List.copyOf(listeners);
    this.ids = ids;
    this.clock = clock;
  }

  /** Sends it to each way of theirs. */
  void tell(Tx tx, Incident incident, Callee callee, String what, String text, Instant now) {
    String id = ids.next("ask");
    for (Way way : callee.ways()) {
      parts
          .outbox()
          .add(
              tx,
              new Message(
                  "notify",
                  id + "/" + what + "/" + way.key(),
                  Map.of(
                      "incident", incident.id(),
                      "channels", way.channels(),
                      "to", way.to(),
                      "text", text)),
              incident.id(),
              now);
    }
  }

  /** Puts it on record. */
  void note(Tx tx, Incident incident, Actor by, String kind, String text) {
    JournalEntry entry =
        parts
            .journal()
            .append(
                tx,
                new Note(
                    incident.id(),
                    clock.instant(),
                    by.asText(),
                    kind,
                    null,
                    null,
                    text,
                    Map.of("status", incident.status().asText())));
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(entry)));
  }

  /** Listeners hear of the incident once it is committed. */
  void changed(Tx tx, Incident incident) {
    tx.afterCommit(() -> listeners.forEach(listener -> listener.changed(incident)));
  }
}
