package dev.firebreak.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node may act: it may until shortly before others may take its runs over. It asks no
 * database. Two clocks must agree that the time is not over: the monotonic one, which nobody can
 * set, and the one of the wall, which goes on while a virtual machine is suspended. Thread-safe.
 */
public final class Lease {
  private final String node;
  private final Duration length;
  private final Duration usable;
  private final InstantSource wall;
  private final LongSupplier nanos;
  private volatile @Nullable Grant grant;
  private volatile long term;

  private record Grant(long nanos, Instant wall) {}

  /**
   * A lease that was not granted yet.
   *
   * @param length how long one renewal lasts
   * @param nanos a monotonic clock, as {@link System#nanoTime}
   */
  public Lease(String node, Duration length, InstantSource wall, LongSupplier nanos) {
    this.node = node;
    this.length = length;
    this.usable = length.multipliedBy(4).dividedBy(5);
    this.wall = wall;
    this.nanos = nanos;
  }

  /** The lease of who alone can open the database: it never ends. */
  public static Lease forever(String node) {
    Lease lease = new Lease(node, Duration.ofHours(1), () -> Instant.EPOCH, () -> 0);
    lease.begin().run();
    return lease;
  }

  /** This node's id. */
  public String node() {
    return node;
  }

  Duration length() {
    return length;
  }

  /** Whether nobody else can have taken this node's runs over because of its silence. */
  public boolean holds() {
    Grant last = grant;
    return last != null && left(last).isPositive();
  }

  /** Counts the unbroken spans of it: grows with each renewal that came after its end. */
  public long term() {
    return term;
  }

  /** Whether it holds, and did all the time since {@link #term} gave this number. */
  public boolean heldSince(long then) {
    return holds() && term == then;
  }

  /** What is left of it, zero when it may be over. */
  public Duration left() {
    Grant last = grant;
    Duration left = last == null ? Duration.ZERO : left(last);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Duration left(Grant last) {
    Duration ran = Duration.ofNanos(nanos.getAsLong() - last.nanos());
    Duration walled = Duration.between(last.wall(), wall.instant());
    return usable.minus(ran.compareTo(walled) > 0 ? ran : walled);
  }

  /**
   * To be called before a renewal is sent, from when it counts; run what it returns once it is
   * committed.
   */
  Runnable begin() {
    Grant begun = new Grant(nanos.getAsLong(), wall.instant());
    return () -> {
      if (!holds()) {
        term = term + 1;
      }
      grant = begun;
    };
  }

  /** It is over for good. */
  void lost() {
    grant = null;
  }
}
