package dev.firebreak.schedule;

import dev.firebreak.core.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the crank: one thread calls each turn when it is due. It looks at the clock at least once a
 * second, so that a clock that jumped is noticed. Thread-safe; never interrupted.
 */
public final class Crank implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crank.class);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final List<Turn> turns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Thread thread;
  private boolean wake;
  private boolean stopped;
  private volatile Instant lastTurn = Instant.EPOCH;

  /**
   * A crank that does not turn yet.
   *
   * @param name of its thread
   */
  public Crank(String name, InstantSource clock, List<Turn> turns) {
    this.clock = clock;
    this.turns = List.copyOf(turns);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Turns now, whatever was due next. */
  public void wake() {
    lock.lock();
    try {
      wake = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** When the last turn was begun: a crank that stands still is a fault. */
  public Instant lastTurn() {
    return lastTurn;
  }

  private void loop() {
    while (!isStopped()) {
      Instant now = clock.instant();
      lastTurn = now;
      nap(now, turnAll(now));
    }
  }

  private Optional<Instant> turnAll(Instant now) {
    return turns.stream()
        .map(turn -> turnOne(turn, now))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private static Optional<Instant> turnOne(Turn turn, Instant now) {
    try {
      return turn.turn(now);
    } catch (RuntimeException e) {
      LOG.error("a turn broke and will be tried again", e);
      return Optional.of(now.plus(LONGEST_NAP));
    }
  }

  private void nap(Instant now, Optional<Instant> due) {
    Duration nap =
        due.map(at -> Duration.between(now, at))
            .filter(wait -> wait.compareTo(LONGEST_NAP) < 0)
            .orElse(LONGEST_NAP);
    lock.lock();
    try {
      long nanos = nap.toNanos();
      while (!wake && !stopped && nanos > 0) {
        nanos = woken.awaitNanos(nanos);
      }
      wake = false;
    } catch (InterruptedException e) {
      LOG.warn("the crank was interrupted; it goes on", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops after the turn in progress and waits for it, at most ten seconds; one that was never
   * started is stopped already.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.getState() != Thread.State.NEW
          && !thread.join(Duration.ofNanos(TimeUnit.SECONDS.toNanos(10)))) {
        LOG.warn("a turn did not end within ten seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
