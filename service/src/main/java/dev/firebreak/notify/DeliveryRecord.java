package dev.firebreak.notify;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.OutboxListener;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts on the incident's record what became of its messages: {@code message.delivered}, {@code
 * message.failed} (the first time only: tries go on for a day) and {@code message.given-up}.
 * Thread-safe.
 */
public final class DeliveryRecord implements OutboxListener {
  private final Journal journal;
  private final List<RunListener> listeners;

  /**
   * @param listeners told of each line once it is durable
   */
  public DeliveryRecord(Journal journal, List<RunListener> listeners) {
    this.journal = journal;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
    write(tx, entry, "message.delivered", what(entry) + " delivered: " + receipt, receipt, at);
  }

  @Override
  public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
    if (entry.attempts() == 0) {
      String text = what(entry) + " not delivered yet, tried again until it is: " + error;
      write(tx, entry, "message.failed", text, error, at);
    }
  }

  @Override
  public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
    String text = what(entry) + " UNDELIVERED, nobody was told: " + error;
    write(tx, entry, "message.given-up", text, error, at);
  }

  private static String what(Outbox.Entry entry) {
    Object template = entry.message().payload().get("template");
    return entry.message().kind() + (template == null ? "" : " '" + template + "'");
  }

  private void write(
      Tx tx, Outbox.Entry entry, String kind, String text, String detail, Instant at) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", entry.message().kind());
    facts.put("message", entry.message().key());
    facts.put("attempts", entry.attempts() + 1);
    facts.put("detail", detail);
    JournalEntry line =
        journal.append(
            tx,
            new JournalEntry.Note(
                entry.incidentId(),
                at,
                Actor.ENGINE.asText(),
                kind,
                of(entry, "run"),
                of(entry, "step"),
                text,
                facts));
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(line)));
  }

  private static @Nullable String of(Outbox.Entry entry, String name) {
    Object value = entry.message().payload().get(name);
    return value == null ? null : String.valueOf(value);
  }
}
