package dev.firebreak.engine;

import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import java.time.Duration;
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

  /** Waits for {@code work}, which is to end soon once {@code cancellation} is cancelled. */
  Outcome within(Duration limit, Cancellation cancellation, Supplier<Outcome> work) {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        alarms.schedule(
            () -> {
              late.set(true);
              cancellation.cancel();
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Outcome outcome = work.get();
      return late.get() ? timedOut(outcome, limit) : outcome;
    } finally {
      alarm.cancel(false);
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
