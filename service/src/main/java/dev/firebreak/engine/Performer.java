package dev.firebreak.engine;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs attempts: on virtual threads, behind a bulkhead for each kind of action, within their
 * time limit, masked. Knows nothing of transactions. Thread-safe.
 */
final class Performer {
  private static final Logger LOG = LoggerFactory.getLogger(Performer.class);

  private final Function<String, Action> actions;
  private final Masking masking;
  private final Executor executor;
  private final ScheduledExecutorService alarms;
  private final int permits;
  private final Function<Attempt, Optional<Reason>> forbids;
  private final Map<String, Semaphore> bulkheads = new ConcurrentHashMap<>();
  private final Map<String, AtWork> running = new ConcurrentHashMap<>();

  /**
   * @param executor one virtual thread for each task
   * @param alarms cancels attempts whose time is over
   * @param permits how many attempts of one kind of action run at once
   * @param forbids asked at the last moment before a change: why it must not begin after all
   */
  Performer(
      Function<String, Action> actions,
      Masking masking,
      Executor executor,
      ScheduledExecutorService alarms,
      int permits,
      Function<Attempt, Optional<Reason>> forbids) {
    this.actions = actions;
    this.masking = masking;
    this.executor = executor;
    this.alarms = alarms;
    this.permits = permits;
    this.forbids = forbids;
  }

  /**
   * One attempt, as the engine wants it.
   *
   * @param term of the lease under which it was decided on
   */
  record Attempt(
      Run run,
      Runbook runbook,
      String step,
      int number,
      @Nullable Map<String, Object> admitted,
      long term) {
    String key() {
      return run.id() + "/" + step;
    }

    Call call() {
      return runbook.task(step).orElseThrow().call();
    }

    boolean changing() {
      return run.step(step).changes();
    }

    /** Whether it could still be at work when it is given up. */
    boolean late(Instant now) {
      return run.step(step).state() instanceof StepState.Running running
          && now.isAfter(running.until().minus(timeout()));
    }

    /** How long it may take: no longer than the step's deadline leaves. */
    Duration timeout() {
      return run.attemptTime(step);
    }
  }

  /** An attempt on its way: a change is begun or given up, whichever comes first. */
  private record AtWork(Cancellation cancellation, boolean changing, AtomicBoolean settled) {
    static AtWork of(Attempt attempt) {
      return new AtWork(new Cancellation(), attempt.changing(), new AtomicBoolean());
    }

    /** Whether it may begin. */
    boolean begin() {
      return changing ? settled.compareAndSet(false, true) : !cancellation.cancelled();
    }

    void giveUp() {
      if (!changing || settled.compareAndSet(false, true)) {
        cancellation.cancel();
      }
    }
  }

  /** How many attempts are at work. */
  int running() {
    return running.size();
  }

  /** Begins an attempt; {@code done} is called once, on another thread. */
  void perform(Attempt attempt, Consumer<Outcome> done) {
    AtWork mine = AtWork.of(attempt);
    running.put(attempt.key(), mine);
    executor.execute(
        () -> {
          Outcome outcome = behindBulkhead(attempt, mine);
          running.remove(attempt.key(), mine);
          done.accept(masking.outcome(outcome));
        });
  }

  /** Gives up an attempt; a change only if it has not begun. */
  void abort(String runId, String step) {
    AtWork attempt = running.get(runId + "/" + step);
    if (attempt != null) {
      attempt.giveUp();
    }
  }

  private Outcome behindBulkhead(Attempt attempt, AtWork mine) {
    Semaphore bulkhead =
        bulkheads.computeIfAbsent(attempt.call().action(), kind -> new Semaphore(permits, true));
    bulkhead.acquireUninterruptibly();
    try {
      return mine.begin()
          ? withinTime(attempt, mine.cancellation())
          : new Outcome.Failed(new Reason("cancelled", "given up before it began"), false);
    } finally {
      bulkhead.release();
    }
  }

  private Outcome withinTime(Attempt attempt, Cancellation cancellation) {
    Duration timeout = attempt.timeout();
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        alarms.schedule(
            () -> {
              late.set(true);
              cancellation.cancel();
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Outcome outcome = run(attempt, timeout, cancellation);
      return late.get() ? timedOut(outcome, timeout) : outcome;
    } finally {
      alarm.cancel(false);
    }
  }

  private Outcome run(Attempt attempt, Duration timeout, Cancellation cancellation) {
    Map<String, Object> model = RunModel.of(attempt.run(), attempt.runbook(), attempt.step());
    Call call = attempt.call();
    try {
      Optional<Reason> no = attempt.changing() ? forbids.apply(attempt) : Optional.empty();
      if (no.isPresent()) {
        return new Outcome.Failed(no.get(), true);
      }
      Map<String, Object> params =
          attempt.admitted() == null ? call.resolve(model) : attempt.admitted();
      return actions
          .apply(call.action())
          .run(
              new Invocation(
                  attempt.run().id(),
                  attempt.run().incidentId(),
                  attempt.step(),
                  attempt.number(),
                  attempt.run().id() + "/" + attempt.step(),
                  params,
                  model,
                  attempt.changing(),
                  timeout,
                  cancellation));
    } catch (ExpressionException | BadParameter e) {
      return new Outcome.Failed(
          new Reason("invalid-input", e.getMessage() + "; nothing was done"), false);
    } catch (RuntimeException e) {
      LOG.error("action {} of {} broke", call.action(), attempt.key(), e);
      Reason why = new Reason("broken", "the action itself broke: " + e.getClass().getSimpleName());
      return attempt.changing() ? new Outcome.Unknown(why) : new Outcome.Failed(why, false);
    }
  }

  private static Outcome timedOut(Outcome outcome, Duration timeout) {
    Reason why =
        new Reason("timed-out", "no end within its time limit of " + Durations.text(timeout));
    return switch (outcome) {
      case Outcome.Succeeded ok -> ok;
      case Outcome.Failed failed ->
          new Outcome.Failed(why, true, failed.output(), failed.evidence());
      case Outcome.Unknown unknown ->
          new Outcome.Unknown(why, unknown.output(), unknown.evidence());
    };
  }
}
