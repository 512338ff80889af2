package dev.firebreak.run;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Task;
import dev.firebreak.runbook.Verify;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What becomes of the attempts of a step: answers of the guards, outcomes, retries, lost ones. */
final class Attempts {
  /** Of a step that was at work when this process ended, or lost its answer, and is run again. */
  static final String INTERRUPTED = "interrupted";

  private static final Reason DONE = new Reason("done", "it worked");

  private Attempts() {}

  static void admitted(Draft draft, RunEvent.Admitted event) {
    if (draft.step(event.step()).state() instanceof Ready) {
      draft.begin(event.step(), draft.task(event.step()).timeout(), event.intent());
    }
  }

  static void held(Draft draft, RunEvent.Held event) {
    if (draft.step(event.step()).state() instanceof Ready) {
      Waiting waiting =
          new Waiting(event.what(), event.since(), event.until(), event.ref(), event.why());
      draft.move(event.step(), new StepEvent.Hold(waiting));
      draft.command(new RunCommand.Wake(event.step(), event.until()));
    }
  }

  static void refused(Draft draft, RunEvent.Refused event) {
    StepState state = draft.step(event.step()).state();
    if (state instanceof Ready || state instanceof Waiting) {
      draft.finish(event.step(), End.FAILED, event.why());
    }
  }

  static void called(Draft draft, RunEvent.Called event) {
    StepState state = draft.step(event.step()).state();
    if (state instanceof Ready || state instanceof Waiting) {
      Instant since = state instanceof Waiting before ? before.since() : event.at();
      Reason why = new Reason("calling", "waits for somebody to acknowledge");
      draft.move(
          event.step(),
          new StepEvent.Hold(
              new Waiting(WaitFor.ACKNOWLEDGEMENT, since, event.until(), event.escalation(), why)));
      draft.command(new RunCommand.Wake(event.step(), event.until()));
    }
  }

  static void performed(Draft draft, RunEvent.Performed event) {
    draft
        .find(event.step())
        .filter(step -> step.state() instanceof Running && step.attempt() == event.attempt())
        .ifPresent(step -> performed(draft, step, event));
  }

  private static void performed(Draft draft, StepRun step, RunEvent.Performed event) {
    draft.become(draft.run().with(step.with(event.outcome().output())));
    switch (judged(draft, step, Waits.judged(draft, step, event.outcome()))) {
      case Outcome.Succeeded ok -> draft.finish(step.id(), End.SUCCEEDED, DONE);
      case Outcome.Failed failed -> failed(draft, step, failed.reason(), failed.retryable());
      case Outcome.Unknown unknown -> lost(draft, step, unknown.reason());
    }
  }

  /** What an attempt that worked brought is looked at: it may not be what was to come. */
  private static Outcome judged(Draft draft, StepRun step, Outcome outcome) {
    if (!(outcome instanceof Outcome.Succeeded ok)) {
      return outcome;
    }
    Task task = draft.task(step.id());
    Optional<Reason> wrong = Typed.fault(task.output(), ok.output());
    if (wrong.isPresent()) {
      return new Outcome.Failed(wrong.get(), false);
    }
    Verify verify = task.proof();
    return verify == null || verify.expect() == null
        ? outcome
        : proven(draft, step, verify.expect(), ok);
  }

  /** A proof that answers, but not as expected, has not held yet. */
  private static Outcome proven(
      Draft draft, StepRun step, Condition expect, Outcome.Succeeded outcome) {
    Map<String, Object> model =
        new LinkedHashMap<>(RunModel.of(draft.run(), draft.runbook, step.id()));
    model.put("output", outcome.output());
    try {
      return expect.test(model) ? outcome : unproven("does not hold: " + expect.source());
    } catch (ExpressionException e) {
      return unproven("could not be answered: " + e.getMessage());
    }
  }

  private static Outcome unproven(String what) {
    return new Outcome.Failed(new Reason("not-verified", "the expectation " + what), true);
  }

  private static void failed(Draft draft, StepRun step, Reason why, boolean retryable) {
    boolean cancelled = draft.run().control().cancelled() != null && step.phase() != Phase.FINALLY;
    if (step.phase() == Phase.VERIFY && !cancelled) {
      lookAgain(draft, step, why);
      return;
    }
    if (!cancelled && Waits.lookAgain(draft, step, why)) {
      return;
    }
    Retry retry = draft.task(step.id()).retry();
    Duration pause = retry.pause(step.attempt(), jitter(draft.run().id(), step));
    if (cancelled
        || !retryable
        || step.attempt() >= retry.attempts()
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
  private static void lost(Draft draft, StepRun step, Reason why) {
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

  /** Ignored for an item that is over and counted. */
  static void woken(Draft draft, String id) {
    draft
        .find(id)
        .filter(step -> !Expiry.ofStep(draft, step))
        .ifPresent(step -> woken(draft, step));
  }

  private static void woken(Draft draft, StepRun step) {
    switch (step.state()) {
      case Waiting waiting -> endWait(draft, step, waiting);
      case Running running -> {
        if (!draft.now.isBefore(running.until())) {
          lost(draft, step, new Reason("timed-out", "no answer within its time limit"));
        }
      }
      case Unknown unknown -> {
        if (!draft.now.isBefore(unknown.since().plus(Draft.ANSWER_WITHIN))) {
          draft.finish(
              step.id(),
              End.FAILED,
              new Reason("unanswered", "nobody said within 24h what happened"));
        }
      }
      case StepState.Pending pending -> {}
      case Ready ready -> {}
      case StepState.Underway underway -> {}
      case StepState.Ended ended -> {}
    }
  }

  private static void endWait(Draft draft, StepRun step, Waiting waiting) {
    if (Waits.woken(draft, step, waiting)) {
      return;
    }
    boolean finished = step.phase() == Phase.FINALLY;
    if (waiting.what() == WaitFor.ACKNOWLEDGEMENT
        || (draft.run().control().paused() && !finished)) {
      return;
    }
    if (waiting.what() == WaitFor.TIMER && draft.now.isBefore(waiting.until())) {
      draft.command(new RunCommand.Wake(step.id(), waiting.until()));
    } else if (step.changes()) {
      draft.propose(step.id());
    } else {
      draft.begin(step.id(), draft.task(step.id()).timeout());
    }
  }

  static void wakeAll(Draft draft) {
    for (StepRun step : draft.run().steps().values()) {
      if (step.state() instanceof Waiting waiting) {
        draft.command(
            new RunCommand.Wake(
                step.id(), waiting.what() == WaitFor.TIMER ? waiting.until() : draft.now));
      }
    }
  }

  /** What was running is no more: reads begin again, changes are answered for. */
  static void recovered(Draft draft) {
    draft.command(new RunCommand.Wake(Draft.WHOLE, draft.end()));
    for (StepRun step : draft.run().steps().values()) {
      if (!step.ended()) {
        draft.deadline(step).ifPresent(end -> draft.command(new RunCommand.Wake(step.id(), end)));
      }
      switch (step.state()) {
        case Running running -> {
          Reason why = new Reason(INTERRUPTED, "Firebreak stopped while it was running");
          if (step.changes()) {
            lost(draft, step, why);
          } else {
            draft.hold(step.id(), WaitFor.TIMER, Duration.ZERO, why);
          }
        }
        case Waiting waiting -> {
          draft.command(new RunCommand.Wake(step.id(), waiting.until()));
          if (waiting.what() == WaitFor.SIGNAL && waiting.ref() != null) {
            draft.command(new RunCommand.Await(step.id(), waiting.ref()));
          }
        }
        case Ready ready -> draft.command(new RunCommand.Propose(step.id()));
        case Unknown unknown ->
            draft.command(
                new RunCommand.Wake(step.id(), unknown.since().plus(Draft.ANSWER_WITHIN)));
        case StepState.Pending pending -> {}
        case StepState.Underway underway -> {}
        case StepState.Ended ended -> {}
      }
    }
  }
}
