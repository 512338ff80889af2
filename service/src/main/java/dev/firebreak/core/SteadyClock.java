package dev.firebreak.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of this process: it begins with the wall clock and then goes at the pace of a clock that
 * nobody can set. When the wall clock jumps, waits and limits go on as before; this clock follows
 * slowly, and says so. Never goes back. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
  private static final long CHECK_NANOS = Duration.ofMillis(500).toNanos();
  private static final Duration JUMP = Duration.ofSeconds(2);
  private static final Duration NAP = Duration.ofSeconds(1);

  /** An hour's jump is made up for in a day, and no wait is wrong by more than a twentieth. */
  private static final int SLOWNESS = 20;

  private final InstantSource wall;
  private final LongSupplier nanos;
  private final LongSupplier sinceBoot;
  private final Consumer<Jump> onJump;
  private volatile Anchor base;
  private volatile Duration offset = Duration.ZERO;

  /**
   * What both clocks showed at one moment.
   *
   * @param nanos of the monotonic clock
   * @param boot of the one that also runs while the machine sleeps
   */
  private record Anchor(Instant at, long nanos, long boot) {}

  /**
   * The wall clock went somewhere else.
   *
   * @param by how far, forward or, negative, back
   * @param wall where it is now
   * @param kept what this clock still says
   */
  public record Jump(Duration by, Instant wall, Instant kept) {}

  /**
   * A clock that begins now.
   *
   * @param nanos a monotonic clock, as {@link System#nanoTime}
   * @param sinceBoot nanoseconds since the machine was started, with those it slept through
   * @param onJump told of every jump, on the thread that asked the time
   */
  public SteadyClock(
      InstantSource wall, LongSupplier nanos, LongSupplier sinceBoot, Consumer<Jump> onJump) {
    this.wall = wall;
    this.nanos = nanos;
    this.sinceBoot = sinceBoot;
    this.onJump = onJump;
    base = new Anchor(wall.instant(), nanos.getAsLong(), sinceBoot.getAsLong());
  }

  @Override
  public Instant instant() {
    Anchor from = base;
    long ran = nanos.getAsLong() - from.nanos();
    return ran < CHECK_NANOS ? from.at().plusNanos(ran) : checked();
  }

  /** The clock that can jump: for who must know of it at once, and cannot use what follows. */
  public InstantSource wall() {
    return wall;
  }

  /** How far the wall clock is ahead, negative when it is behind. */
  public Duration offset() {
    return offset;
  }

  private Instant checked() {
    @Nullable Jump jump;
    Anchor next;
    synchronized (this) {
      next = next(base);
      Instant shown = wall.instant();
      Duration now = Duration.between(next.at(), shown);
      Duration moved = now.minus(offset);
      jump = moved.abs().compareTo(JUMP) > 0 ? new Jump(moved, shown, next.at()) : null;
      offset = now;
      base = next;
    }
    if (jump != null) {
      onJump.accept(jump);
    }
    return next.at();
  }

  /** Time went on by what passed, and by a little more or less towards the wall clock. */
  private Anchor next(Anchor from) {
    long now = nanos.getAsLong();
    long boot = sinceBoot.getAsLong();
    Duration passed = Duration.ofNanos(now - from.nanos());
    Duration slept = Duration.ofNanos(boot - from.boot()).minus(passed);
    Duration real = slept.compareTo(NAP) > 0 ? passed.plus(slept) : passed;
    Duration off = Duration.between(from.at().plus(real), wall.instant());
    Duration most = real.dividedBy(SLOWNESS);
    Duration step = off.abs().compareTo(most) < 0 ? off : off.isNegative() ? most.negated() : most;
    return new Anchor(from.at().plus(real).plus(step), now, boot);
  }
}
