package dev.firebreak.app;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.OutboxListener;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Puts on the record what became of messages, and passes it on. */
record MessageNotes(Journal journal, List<OutboxListener> others) implements OutboxListener {
  @Override
  public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
    note(tx, entry, at, "message.delivered", "delivered: " + receipt);
    others.forEach(other -> other.delivered(tx, entry, receipt, at));
  }

  @Override
  public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
    if (entry.attempts() == 0) {
      note(tx, entry, at, "message.failed", "not delivered, next try at " + next + ": " + error);
    }
    others.forEach(other -> other.failed(tx, entry, error, next, at));
  }

  @Override
  public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
    note(tx, entry, at, "message.given-up", "given up: " + error);
    others.forEach(other -> other.givenUp(tx, entry, error, at));
  }

  private void note(Tx tx, Outbox.Entry entry, Instant at, String kind, String text) {
    String what = entry.message().kind();
    journal.append(
        tx,
        new JournalEntry.Note(
            entry.incidentId(),
            at,
            Actor.ENGINE.asText(),
            kind,
            null,
            null,
            what + " " + text,
            Map.of("message", entry.message().key(), "kind", what)));
  }
}
