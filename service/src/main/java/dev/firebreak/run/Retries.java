package dev.firebreak.run;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Task;
import dev.firebreak.runbook.Verify;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What becomes of an attempt that did not work: tried again, given up, or not known. */
final class Retries {
  /** Of a step that was at work when this process ended, or lost its answer, and is run again. */
  static final String INTERRUPTED = "interrupted";

  private Retries() {}

  /** Tries again after a pause if it may and there is time; else the step has failed. */
  static void failed(Draft draft, StepRun step, Reason why, boolean retryable) {
    boolean cancelled = draft.run().control().cancelled() != null && step.phase() != Phase.FINALLY;
    if (step.phase() == Phase.VERIFY && !cancelled) {
      lookAgain(draft, step, why);
      return;
    }
    if (!cancelled && Waits.lookAgain(draft, step, why)) {
      return;
    }
    Retry retry = draft.task(step.id()).retry();
    Duration pause = retry.pause(step.tries(), jitter(draft.run().id(), step));
    if (cancelled
        || !retryable
        || step.tries() >= retry.attempts()
        || late(draft, step, draft.now.plus(pause))) {
      draft.finish(step.id(), End.FAILED, why);
      return;
    }
    draft.hold(
        step.id(),
        WaitFor.TIMER,
        pause,
        new Reason("retry", "tries again in " + Durations.text(pause) + ": " + why.text()));
  }

  /** Whether there is no time left for what would be tried then. */
  private static boolean late(Draft draft, StepRun step, Instant then) {
    boolean old = step.phase() != Phase.FINALLY && !then.isBefore(draft.end());
    return old || draft.deadline(step).filter(deadline -> !then.isBefore(deadline)).isPresent();
  }

  /** The same run, step and attempt always pause alike, so that a simulation replays. */
  private static double jitter(String runId, StepRun step) {
    int hash = Objects.hash(runId, step.id(), step.attempt()) * 0x9E3779B9;
    return (hash >>> 8) / (double) (1 << 24);
  }

  private static void lookAgain(Draft draft, StepRun step, Reason why) {
    Verify verify = Objects.requireNonNull(draft.task(step.id()).proof());
    Instant first = Objects.requireNonNull(step.startedAt());
    Instant next = draft.now.plus(verify.every());
    if (next.isAfter(first.plus(verify.within())) || late(draft, step, next)) {
      Reason end =
          new Reason(
              "not-verified",
              "not proven within " + Durations.text(verify.within()) + ": " + why.text());
      draft.finish(step.id(), End.FAILED, end);
    } else {
      draft.hold(step.id(), WaitFor.TIMER, verify.every(), new Reason("not-yet", why.text()));
    }
  }

  /** An attempt of which nobody knows whether it happened. */
  static void lost(Draft draft, StepRun step, Reason why) {
    if (!(step.state() instanceof Running running) || running.intent() == null) {
      failed(draft, step, why, true);
    } else if (mayRepeat(draft, step)) {
      draft.hold(
          step.id(),
          WaitFor.TIMER,
          Duration.ZERO,
          new Reason(INTERRUPTED, "is idempotent and is run again: " + why.text()));
    } else {
      draft.loseTrack(step.id(), running.intent(), why);
    }
  }

  private static boolean mayRepeat(Draft draft, StepRun step) {
    Task task = draft.task(step.id());
    return task.idempotent()
        && draft.run().control().cancelled() == null
        && step.attempt() < Math.max(2, task.retry().attempts())
        && !late(draft, step, draft.now);
  }
}
