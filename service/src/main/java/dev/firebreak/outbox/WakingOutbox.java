package dev.firebreak.outbox;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands each new message to whoever carries it as soon as it is durable, and shows none while
 * nothing may be carried from here. Thread-safe.
 */
public final class WakingOutbox implements Outbox {
  private final Outbox outbox;
  private volatile BooleanSupplier mayCarry = () -> false;
  private volatile Consumer<Entry> taker = entry -> {};
  private volatile Runnable wake = () -> {};

  /** An outbox whose messages nobody carries yet. */
  public WakingOutbox(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Says who carries messages.
   *
   * @param may asked each time: false while the site is on hold, or another node may carry
   * @param taken gets each new one that is this node's, once it is durable
   * @param woken called when others are due
   */
  public void carriedBy(BooleanSupplier may, Consumer<Entry> taken, Runnable woken) {
    taker = taken;
    wake = woken;
    mayCarry = may;
  }

  @Override
  public Optional<Entry> add(Tx tx, Message message, String incidentId, Instant now) {
    Optional<Entry> added = outbox.add(tx, message, incidentId, now);
    added.ifPresent(entry -> tx.afterCommit(() -> handOver(entry)));
    return added;
  }

  private void handOver(Entry entry) {
    if (mayCarry.getAsBoolean()) {
      taker.accept(entry);
    }
  }

  @Override
  public List<Entry> due(Tx tx, Instant now, int limit) {
    return mayCarry.getAsBoolean() ? outbox.due(tx, now, limit) : List.of();
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    return mayCarry.getAsBoolean() ? outbox.due(tx, kind, now, limit) : List.of();
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    return mayCarry.getAsBoolean() ? outbox.nextDue(tx) : Optional.empty();
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
