package dev.firebreak.simulation;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages in memory as one node sees them: a key is kept once, its owner carries it. */
final class MemoryMessages implements Outbox {
  private static final int HANDFUL = 500;

  private final MemoryStore store;
  private final String node;

  MemoryMessages(MemoryStore store, String node) {
    this.store = store;
    this.node = node;
  }

  /** A message and who carries it. */
  record Kept(Entry entry, String owner, @Nullable Long troubled) {
    boolean due(Instant now) {
      Instant at = entry.dueAt();
      return at != null && !at.isAfter(now);
    }
  }

  @Override
  public Optional<Entry> add(Tx tx, Message message, String incidentId, Instant now) {
    String place = store.nextPlace();
    if (store.messageKeys.add(tx, message.key(), place)) {
      String owner =
          store
              .messages
              .rows(tx)
              .filter(it -> it.entry().incidentId().equals(incidentId))
              .filter(it -> it.entry().message().kind().equals(message.kind()))
              .filter(it -> it.entry().dueAt() != null)
              .map(Kept::owner)
              .findFirst()
              .orElse(node);
      Entry entry = Entry.added(message, incidentId, now);
      store.messages.insert(tx, place, new Kept(entry, owner, null));
      return owner.equals(node) ? Optional.of(entry) : Optional.empty();
    }
    return Optional.empty();
  }

  private Stream<Entry> due(Tx tx, Instant now) {
    return store
        .messages
        .rows(tx)
        .filter(it -> it.owner().equals(node) && it.due(now))
        .map(Kept::entry)
        .sorted(Comparator.comparing(it -> Objects.requireNonNull(it.dueAt())));
  }

  @Override
  public List<Entry> due(Tx tx, Instant now, int limit) {
    return due(tx, now).limit(limit).toList();
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    return due(tx, now).filter(it -> it.message().kind().equals(kind)).limit(limit).toList();
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    return due(tx, Instant.MAX).map(Entry::dueAt).filter(Objects::nonNull).findFirst();
  }

  @Override
  public int takeOver(Tx tx) {
    MemoryRuns runs = new MemoryRuns(store);
    int taken = 0;
    for (var row : List.copyOf(store.messages.all(tx).entrySet())) {
      Kept kept = row.getValue();
      boolean gone =
          kept.entry().dueAt() != null
              && !kept.owner().equals(node)
              && runs.mayTake(tx, kept.owner(), node);
      if (gone && taken < HANDFUL && changed(tx, row.getKey(), kept.owner(), this::mine)) {
        taken++;
      }
    }
    return taken;
  }

  private Kept mine(Kept kept) {
    return new Kept(kept.entry(), node, kept.troubled());
  }

  /** Changes a row that still has this owner once nobody else holds it. */
  private boolean changed(Tx tx, String place, String owner, UnaryOperator<Kept> how) {
    store.messages.lock(tx, place);
    Optional<Kept> now = store.messages.get(tx, place).filter(it -> it.owner().equals(owner));
    now.ifPresent(it -> store.messages.put(tx, place, how.apply(it)));
    return now.isPresent();
  }

  private void tried(Tx tx, String key, UnaryOperator<Kept> how) {
    store
        .messageKeys
        .get(tx, key)
        .ifPresent(
            place -> {
              store.messages.lock(tx, place);
              store
                  .messages
                  .get(tx, place)
                  .filter(it -> it.entry().deliveredAt() == null)
                  .ifPresent(it -> store.messages.put(tx, place, how.apply(it)));
            });
  }

  @Override
  public void delivered(Tx tx, String key, String receipt, Instant at) {
    tried(tx, key, it -> new Kept(after(it.entry(), null, at, receipt, null), it.owner(), null));
  }

  @Override
  public void failed(Tx tx, String key, String error, @Nullable Instant next, Instant at) {
    tried(tx, key, it -> new Kept(after(it.entry(), next, null, null, error), it.owner(), 1L));
  }

  private static Entry after(
      Entry entry,
      @Nullable Instant due,
      @Nullable Instant delivered,
      @Nullable String receipt,
      @Nullable String error) {
    return new Entry(
        entry.message(),
        entry.incidentId(),
        entry.createdAt(),
        entry.attempts() + 1,
        due,
        delivered,
        receipt,
        error == null ? entry.lastError() : error);
  }

  @Override
  public List<Entry> undelivered(Tx tx, int limit) {
    return store
        .messages
        .rows(tx)
        .filter(it -> it.troubled() != null)
        .map(Kept::entry)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Entry> ofIncident(Tx tx, String incidentId) {
    return store
        .messages
        .rows(tx)
        .map(Kept::entry)
        .filter(it -> it.incidentId().equals(incidentId))
        .toList();
  }

  @Override
  public List<Entry> newest(Tx tx, String incidentId, int limit) {
    return ofIncident(tx, incidentId).reversed().stream().limit(limit).toList();
  }
}
