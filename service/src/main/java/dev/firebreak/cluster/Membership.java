package dev.firebreak.cluster;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's lease. Its ledger is one of its own, so that no queue stands before a renewal.
 * Thread-safe.
 */
public final class Membership implements Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Ledger ledger;
  private final Nodes nodes;
  private final Lease lease;
  private final InstantSource clock;
  private final Runnable refused;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile long confirmed;
  private volatile Instant next = Instant.MIN;
  private volatile boolean over;

  /** Of the one thread that renews. */
  private long attempted;

  /**
   * A membership that has not begun.
   *
   * @param ledger of its own
   * @param refused called once when another process renews this node's lease: there are two of it,
   *     and this one must end
   */
  public Membership(
      Ledger ledger, Nodes nodes, Lease lease, InstantSource clock, Runnable refused) {
    this.ledger = ledger;
    this.nodes = nodes;
    this.lease = lease;
    this.clock = clock;
    this.refused = refused;
  }

  /**
   * Joins, and waits until that is durable.
   *
   * @param alone whether nobody else can open the database, so that every other node is gone
   * @throws IllegalStateException when the id is in use
   */
  public void join(String host, boolean alone) {
    Runnable renewal = lease.begin();
    boolean joined =
        ledger
            .commit(
                tx -> {
                  if (alone) {
                    nodes.alone(tx, lease.node());
                  }
                  return nodes.join(tx, lease.node(), host, clock.instant(), lease.length());
                })
            .join();
    if (!joined) {
      throw new IllegalStateException(
          "node " + lease.node() + " runs already: this process is a copy of it; start it anew");
    }
    renewal.run();
    next = clock.instant().plus(pace());
  }

  /** Three renewals may be lost before others take over. */
  private Duration pace() {
    return lease.length().multipliedBy(3).dividedBy(10);
  }

  /** Renews when it is time, without waiting for the answer. */
  @Override
  public Optional<Instant> turn(Instant now) {
    boolean due = !now.isBefore(next) || now.isBefore(next.minus(pace()));
    if (!over && due && renewing.compareAndSet(false, true)) {
      next = now.plus(pace());
      renew();
    }
    return over ? Optional.empty() : Optional.of(next);
  }

  private void renew() {
    Runnable renewal = lease.begin();
    long sure = confirmed;
    long tried = attempted++;
    boolean unused =
        ledger
            .commit(tx -> nodes.renew(tx, lease.node(), sure, tried, lease.length()))
            .whenComplete((mine, fault) -> renewed(mine, fault, tried + 1, renewal))
            .isDone();
  }

  private void renewed(
      @Nullable Boolean mine, @Nullable Throwable fault, long beat, Runnable renewal) {
    if (fault != null) {
      next = clock.instant().plus(AGAIN);
      LOG.warn(
          "this node's lease could not be renewed, {} are left: {}",
          lease.left(),
          fault.getMessage());
    } else if (Boolean.TRUE.equals(mine)) {
      confirmed = beat;
      renewal.run();
    } else if (!over) {
      over = true;
      lease.lost();
      LOG.error(
          "the lease of {} was renewed by another process, or forgotten: this process is a copy, or"
              + " slept for days; it changes nothing any more and ends",
          lease.node());
      refused.run();
    }
    renewing.set(false);
  }

  /** Leaves in order, so that others take over at once; waits some seconds at the most. */
  public void leave() {
    if (over) {
      return;
    }
    over = true;
    lease.lost();
    CompletableFuture<Boolean> left =
        ledger.commit(
            tx -> {
              nodes.leave(tx, lease.node());
              return true;
            });
    try {
      boolean unused = left.completeOnTimeout(false, 5, TimeUnit.SECONDS).join();
    } catch (RuntimeException e) {
      LOG.warn("could not say that this node stops; others wait for its lease: {}", e.getMessage());
    }
  }
}
