package dev.firebreak.run;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import java.time.Instant;

/** What becomes of a step that is ready: what it is answered, and how its attempts end. */
final class Attempts {
  private static final Reason ANSWERED = new Reason("answered", "filled in by who approved it");
  private static final Reason DONE = new Reason("done", "it worked");

  private Attempts() {}

  static void admitted(Draft draft, RunEvent.Admitted event) {
    if (draft.step(event.step()).state() instanceof Ready) {
      if (!event.answers().isEmpty()) {
        draft.add(answered(draft, event));
      }
      draft.begin(event.step(), draft.task(event.step()).timeout(), event.intent());
    }
  }

  /** What people filled in is kept with the run, for all that comes after. */
  private static StepRun answered(Draft draft, RunEvent.Admitted event) {
    return new StepRun(
        event.step() + "." + Address.ANSWERS,
        StepRun.Phase.READ,
        new StepState.Ended(End.SUCCEEDED, draft.now, ANSWERED),
        0,
        draft.now,
        event.answers());
  }

  static void held(Draft draft, RunEvent.Held event) {
    if (draft.step(event.step()).state() instanceof Ready) {
      Waiting waiting =
          new Waiting(event.what(), event.since(), event.until(), event.ref(), event.why());
      draft.move(event.step(), new StepEvent.Hold(waiting));
      draft.command(new RunCommand.Wake(event.step(), event.until()));
      if (Gathering.waits(waiting)) {
        Gathering.again(draft, event.step());
      }
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
    switch (Expectation.of(draft, step, Waits.judged(draft, step, event.outcome()))) {
      case Outcome.Succeeded ok -> draft.finish(step.id(), End.SUCCEEDED, DONE);
      case Outcome.Failed failed ->
          Retries.failed(draft, step, failed.reason(), failed.retryable());
      case Outcome.Unknown unknown -> Retries.lost(draft, step, unknown.reason());
    }
  }
}
