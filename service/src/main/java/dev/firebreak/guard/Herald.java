package dev.firebreak.guard;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record, and tells people, what guards do of their own: inside the transaction in which
 * they do it. Thread-safe.
 */
public final class Herald {
  private final Incidents incidents;
  private final Journal journal;
  private final Outbox outbox;
  private final List<RunListener> listeners;
  private final Function<Warning, List<Message>> messages;

  /**
   * @param listeners told of each line of the record once it is durable
   * @param messages those that bring a warning to people; none when nobody can be reached
   */
  public Herald(
      Incidents incidents,
      Journal journal,
      Outbox outbox,
      List<RunListener> listeners,
      Function<Warning, List<Message>> messages) {
    this.incidents = incidents;
    this.journal = journal;
    this.outbox = outbox;
    this.listeners = List.copyOf(listeners);
    this.messages = messages;
  }

  /**
   * A line of an incident's record; nothing when the incident is not kept any more.
   *
   * @param runId the run it is about, or null
   */
  public void note(
      Tx tx,
      String incidentId,
      @Nullable String runId,
      Actor by,
      String kind,
      String text,
      Map<String, Object> data,
      Instant at) {
    if (incidents.find(tx, incidentId).isEmpty()) {
      return;
    }
    JournalEntry line =
        journal.append(
            tx, new JournalEntry.Note(incidentId, at, by.asText(), kind, runId, null, text, data));
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(line)));
  }

  /** An incident was opened, and added, by a guard. */
  public void opened(Tx tx, Incident incident, Instant at) {
    note(
        tx,
        incident.id(),
        null,
        Actor.ENGINE,
        "incident.opened",
        "opened: " + incident.title(),
        Map.of("status", incident.status().asText()),
        at);
    tx.afterCommit(() -> listeners.forEach(listener -> listener.changed(incident)));
  }

  /** Has a message go out. */
  public void send(Tx tx, Message message, String incidentId, Instant at) {
    outbox.add(tx, message, incidentId, at);
  }

  /** Has people hear of something. */
  public void warn(Tx tx, Warning warning, Instant at) {
    messages.apply(warning).forEach(message -> outbox.add(tx, message, warning.incidentId(), at));
  }
}
