package dev.firebreak.app;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wakes whoever carries messages as soon as a new one is durable. Thread-safe. */
final class WakingOutbox implements Outbox {
  private final Outbox outbox;
  private volatile Runnable wake = () -> {};

  WakingOutbox(Outbox outbox) {
    this.outbox = outbox;
  }

  void onAdded(Runnable listener) {
    wake = listener;
  }

  @Override
  public void add(Tx tx, Message message, String incidentId, Instant now) {
    outbox.add(tx, message, incidentId, now);
    tx.afterCommit(() -> wake.run());
  }

  @Override
  public List<Entry> due(Tx tx, Instant now, int limit) {
    return outbox.due(tx, now, limit);
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    return outbox.due(tx, kind, now, limit);
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    return outbox.nextDue(tx);
  }

  @Override
  public void delivered(Tx tx, String key, String receipt, Instant at) {
    outbox.delivered(tx, key, receipt, at);
  }

  @Override
  public void failed(Tx tx, String key, String error, @Nullable Instant next, Instant at) {
    outbox.failed(tx, key, error, next, at);
  }

  @Override
  public List<Entry> undelivered(Tx tx, int limit) {
    return outbox.undelivered(tx, limit);
  }

  @Override
  public List<Entry> ofIncident(Tx tx, String incidentId) {
    return outbox.ofIncident(tx, incidentId);
  }
}
