package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import java.time.Duration;
import java.time.Instant;

/** What goes on when a time has come, a pause ends, or a process takes the run up. */
final class Awakening {
  private Awakening() {}

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
          Retries.lost(draft, step, new Reason("timed-out", "no answer within its time limit"));
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
        || Gathering.waits(waiting) // its evidence comes first
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

  /** A run that was paused looks at everything that waits. */
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
          Reason why = new Reason(Retries.INTERRUPTED, "Firebreak stopped while it was running");
          if (step.changes()) {
            Retries.lost(draft, step, why);
          } else {
            draft.hold(step.id(), WaitFor.TIMER, Duration.ZERO, why);
          }
        }
        case Waiting waiting -> {
          // room that was taken up in the process that is gone may be free in this one
          Instant look = waiting.what() == WaitFor.LIMIT ? draft.now : waiting.until();
          draft.command(new RunCommand.Wake(step.id(), look));
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
