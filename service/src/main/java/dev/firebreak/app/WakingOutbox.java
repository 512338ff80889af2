package dev.firebreak.app;

import dev.firebreak.cluster.Lease;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes whoever carries messages as soon as a new one is durable, and shows none while the site is
 * on hold, or another node may carry them. Thread-safe.
 */
final class WakingOutbox implements Outbox {
  private final Outbox outbox;
  private final Lease lease;
  private volatile Runnable wake = () -> {};
  private volatile BooleanSupplier held = () -> false;

  WakingOutbox(Outbox outbox, Lease lease) {
    this.outbox = outbox;
    this.lease = lease;
  }

  void heldWhile(BooleanSupplier hold) {
    held = hold;
  }

  private boolean quiet() {
    return held.getAsBoolean() || !lease.holds();
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
    return quiet() ? List.of() : outbox.due(tx, now, limit);
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    return quiet() ? List.of() : outbox.due(tx, kind, now, limit);
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    return held.getAsBoolean() ? Optional.empty() : outbox.nextDue(tx);
  }

  @Override
  public int takeOver(Tx tx) {
    int taken = outbox.takeOver(tx);
    if (taken > 0) {
      tx.afterCommit(() -> wake.run());
    }
    return taken;
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

  @Override
  public List<Entry> newest(Tx tx, String incidentId, int limit) {
    return outbox.newest(tx, incidentId, limit);
  }
}
