package dev.firebreak.simulation;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages in memory, for those who add them: a key is kept once. Nobody carries them. */
final class MemoryMessages implements Outbox {
  private final MemoryStore store;

  MemoryMessages(MemoryStore store) {
    this.store = store;
  }

  @Override
  public void add(Tx tx, Message message, String incidentId, Instant now) {
    String place = store.nextPlace();
    if (store.messageKeys.add(tx, message.key(), place)) {
      store.messages.insert(
          tx, place, new Entry(message, incidentId, now, 0, now, null, null, null));
    }
  }

  @Override
  public List<Entry> due(Tx tx, Instant now, int limit) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public int takeOver(Tx tx) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public void delivered(Tx tx, String key, String receipt, Instant at) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public void failed(Tx tx, String key, String error, @Nullable Instant next, Instant at) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public List<Entry> undelivered(Tx tx, int limit) {
    throw new UnsupportedOperationException("nobody carries them");
  }

  @Override
  public List<Entry> ofIncident(Tx tx, String incidentId) {
    return store.messages.rows(tx).filter(it -> it.incidentId().equals(incidentId)).toList();
  }
}
