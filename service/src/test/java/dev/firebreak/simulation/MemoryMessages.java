package dev.firebreak.simulation;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Messages in memory; a key is sent once. */
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
    return store.messages.rows(tx).filter(it -> due(it, now)).limit(limit).toList();
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    return due(tx, now, Integer.MAX_VALUE).stream()
        .filter(it -> it.message().kind().equals(kind))
        .limit(limit)
        .toList();
  }

  private static boolean due(Entry entry, Instant now) {
    Instant at = entry.dueAt();
    return at != null && !at.isAfter(now);
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    return store
        .messages
        .rows(tx)
        .map(Entry::dueAt)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .min(Instant::compareTo);
  }

  @Override
  public void delivered(Tx tx, String key, String receipt, Instant at) {
    change(
        tx,
        key,
        it ->
            new Entry(
                it.message(),
                it.incidentId(),
                it.createdAt(),
                it.attempts() + 1,
                null,
                at,
                receipt,
                it.lastError()));
  }

  @Override
  public void failed(Tx tx, String key, String error, @Nullable Instant next, Instant at) {
    change(
        tx,
        key,
        it ->
            new Entry(
                it.message(),
                it.incidentId(),
                it.createdAt(),
                it.attempts() + 1,
                next,
                null,
                null,
                error));
  }

  private void change(Tx tx, String key, UnaryOperator<Entry> change) {
    String place = store.messageKeys.get(tx, key).orElseThrow();
    store.messages.lock(tx, place);
    store
        .messages
        .get(tx, place)
        .filter(entry -> entry.deliveredAt() == null)
        .ifPresent(entry -> store.messages.put(tx, place, change.apply(entry)));
  }

  @Override
  public List<Entry> undelivered(Tx tx, int limit) {
    return store
        .messages
        .rows(tx)
        .filter(it -> it.deliveredAt() == null && it.attempts() > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Entry> ofIncident(Tx tx, String incidentId) {
    return store.messages.rows(tx).filter(it -> it.incidentId().equals(incidentId)).toList();
  }
}
