package dev.firebreak.engine;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs attempts: on virtual threads, within their time limit, masked. Reads wait behind a
 * bulkhead for each kind of action; a change comes with its permit. Knows nothing of transactions.
 * Thread-safe.
 */
final class Performer {
  private static final Logger LOG = LoggerFactory.getLogger(Performer.class);

  private static final String LEFT = "{} is left for the next start: this process stops";

  private final Function<String, Action> actions;
  private final Masking masking;
  private final Executor executor;
  private final TimeLimit timeLimit;
  private final int reads;
  private final Function<Attempt, Optional<Reason>> forbids;
  private final StartLine line;
  private final Map<String, Semaphore> bulkheads = new ConcurrentHashMap<>();
  private final Map<String, AtWork> running = new ConcurrentHashMap<>();

  /**
   * @param executor one virtual thread for each task
   * @param alarms cancels attempts whose time is over
   * @param reads how many attempts of one kind of action that read, or report, run at once
   * @param forbids asked at the last moment before a change: why it must not begin after all
   * @param line where the first reads of a run wait
   */
  Performer(
      Function<String, Action> actions,
      Masking masking,
      Executor executor,
      ScheduledExecutorService alarms,
      int reads,
      Function<Attempt, Optional<Reason>> forbids,
      StartLine line) {
    this.actions = actions;
    this.masking = masking;
    this.executor = executor;
    this.timeLimit = new TimeLimit(alarms);
    this.reads = reads;
    this.forbids = forbids;
    this.line = line;
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

  /**
   * Begins an attempt; {@code done} is called once, on another thread, but not for one that could
   * not begin before this process stopped: that is left for the next start.
   */
  void perform(Attempt attempt, Consumer<Outcome> done) {
    AtWork mine = AtWork.of(attempt);
    running.put(attempt.key(), mine);
    if (attempt.standsInLine()) {
      line.enter(attempt.run().id(), () -> begin(attempt, mine, done));
    } else {
      begin(attempt, mine, done);
    }
  }

  private void begin(Attempt attempt, AtWork mine, Consumer<Outcome> done) {
    try {
      executor.execute(() -> ended(attempt, mine).map(masking::outcome).ifPresent(done));
    } catch (RejectedExecutionException e) {
      LOG.info(LEFT, attempt.key());
      running.remove(attempt.key(), mine);
      attempt.giveBack();
    }
  }

  /** A run has ended: the next one may begin. */
  void over(String runId) {
    line.left(runId);
  }

  private Optional<Outcome> ended(Attempt attempt, AtWork mine) {
    try {
      return Optional.of(attempt.changing() ? begun(attempt, mine) : behindBulkhead(attempt, mine));
    } catch (TimeLimit.Stopped e) {
      LOG.info(LEFT, attempt.key());
      return Optional.empty();
    } finally {
      running.remove(attempt.key(), mine);
      attempt.giveBack();
    }
  }

  /** Gives up an attempt; a change only if it has not begun. */
  void abort(String runId, String step) {
    AtWork attempt = running.get(Attempt.key(runId, step));
    if (attempt != null) {
      attempt.giveUp();
      line.hurry(runId);
    }
  }

  private Outcome behindBulkhead(Attempt attempt, AtWork mine) throws TimeLimit.Stopped {
    Semaphore bulkhead =
        bulkheads.computeIfAbsent(attempt.call().action(), kind -> new Semaphore(reads, true));
    bulkhead.acquireUninterruptibly();
    try {
      return begun(attempt, mine);
    } finally {
      bulkhead.release();
    }
  }

  private Outcome begun(Attempt attempt, AtWork mine) throws TimeLimit.Stopped {
    return mine.begin()
        ? timeLimit.within(
            attempt.timeout(), mine.cancellation(), () -> run(attempt, mine.cancellation()))
        : new Outcome.Failed(new Reason("cancelled", "given up before it began"), false);
  }

  private Outcome run(Attempt attempt, Cancellation cancellation) {
    try {
      Optional<Reason> no = attempt.changing() ? forbids.apply(attempt) : Optional.empty();
      return no.isPresent()
          ? new Outcome.Failed(no.get(), true)
          : actions.apply(attempt.call().action()).run(invocation(attempt, cancellation));
    } catch (ExpressionException | BadParameter e) {
      return new Outcome.Failed(
          new Reason("invalid-input", e.getMessage() + "; nothing was done"), false);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("action {} of {} broke", attempt.call().action(), attempt.key(), e);
      Reason why = new Reason("broken", "the action itself broke: " + e.getClass().getSimpleName());
      return attempt.changing() ? new Outcome.Unknown(why) : new Outcome.Failed(why, false);
    }
  }

  private static Invocation invocation(Attempt attempt, Cancellation cancellation) {
    Run run = attempt.run();
    Map<String, Object> model = RunModel.of(run, attempt.runbook(), attempt.step());
    Admitted admitted = attempt.admitted();
    return new Invocation(
        run.id(),
        run.incidentId(),
        attempt.step(),
        attempt.number(),
        attempt.key(),
        admitted == null ? attempt.call().resolve(model) : admitted.params(),
        model,
        attempt.changing(),
        attempt.timeout(),
        cancellation);
  }
}
