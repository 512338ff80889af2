package dev.firebreak.engine;

import dev.firebreak.core.Tx;
import dev.firebreak.escalation.CallDesk;
import dev.firebreak.guard.Intents;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.run.WaitFor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends what was opened for steps that are over: intents, and calls for humans. */
final class LooseEnds {
  private final Intents intents;
  private final CallDesk calls;

  LooseEnds(Intents intents, CallDesk calls) {
    this.intents = intents;
    this.calls = calls;
  }

  /** Works inside the transaction that writes what became of the run. */
  void tie(Tx tx, Run before, Run after, Instant now) {
    endIntents(tx, before, after, now);
    withdrawCalls(tx, before, after, now);
  }

  /** An intent ends with the attempt it was committed for. */
  private void endIntents(Tx tx, Run before, Run after, Instant now) {
    for (StepRun step : after.steps().values()) {
      StepState was = state(before, step.id());
      if (was instanceof Running running && running.intent() != null && was != step.state()) {
        intents.end(tx, running.intent(), ending(step.state()), now);
      } else if (was instanceof Unknown unknown && step.ended()) {
        intents.end(tx, unknown.intent(), ending(step.state()), now);
      }
    }
  }

  /**
   * Nobody is called any more once the step that calls is over, however it ended: cancelled, its
   * alert resolved, skipped by a human, its time over. A call that was answered is left as it is.
   */
  private void withdrawCalls(Tx tx, Run before, Run after, Instant now) {
    for (StepRun step : after.steps().values()) {
      if (state(before, step.id()) instanceof Waiting was
          && was.what() == WaitFor.ACKNOWLEDGEMENT
          && was.ref() != null
          && step.ended()) {
        calls.withdraw(tx, was.ref(), now);
      }
    }
  }

  private static @Nullable StepState state(Run run, String step) {
    return run.steps().get(step) instanceof StepRun there ? there.state() : null;
  }

  private static String ending(StepState state) {
    return switch (state) {
      case Ended ended -> ended.end() == StepState.End.SUCCEEDED ? "succeeded" : "failed";
      case Waiting waiting -> waiting.why().code().equals("interrupted") ? "unknown" : "failed";
      case Unknown unknown -> "unknown";
      case StepState.Pending pending -> "failed";
      case StepState.Ready ready -> "failed";
      case Running running -> "failed";
      case StepState.Underway underway -> "failed";
    };
  }
}
