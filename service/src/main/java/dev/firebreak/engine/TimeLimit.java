package dev.firebreak.engine;

import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Cancels what takes too long, and says so of how it ended. Thread-safe. */
final class TimeLimit {
  private final ScheduledExecutorService alarms;

  TimeLimit(ScheduledExecutorService alarms) {
    this.alarms = alarms;
  }

  /** There are no alarms any more: the work has not begun. */
  static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    private Stopped(RejectedExecutionException cause) {
      super(cause);
    }
  }

  /** Waits for {@code work}, which is to end soon once {@code cancellation} is cancelled. */
  Outcome within(Duration limit, Cancellation cancellation, Supplier<Outcome> work) throws Stopped {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        alarm(
            limit,
            () -> {
              late.set(true);
              cancellation.cancel();
            });
    try {
      Outcome outcome = work.get();
      return late.get() ? timedOut(outcome, limit) : outcome;
    } finally {
      alarm.cancel(false);
    }
  }

  private ScheduledFuture<?> alarm(Duration limit, Runnable ring) throws Stopped {
    try {
      return alarms.schedule(ring, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new Stopped(e);
    }
  }

  /** What succeeded all the same has succeeded. */
  private static Outcome timedOut(Outcome outcome, Duration limit) {
    Reason why =
        new Reason("timed-out", "no end within its time limit of " + Durations.text(limit));
    return switch (outcome) {
      case Outcome.Succeeded ok -> ok;
      case Outcome.Failed failed ->
          new Outcome.Failed(why, true, failed.output(), failed.evidence());
      case Outcome.Unknown unknown ->
          new Outcome.Unknown(why, unknown.output(), unknown.evidence());
    };
  }
}
