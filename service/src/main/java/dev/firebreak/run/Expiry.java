package dev.firebreak.run;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Pending;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import java.util.List;

/** Ends what bears no more waiting: a step at its deadline, a run that is too old. */
final class Expiry {
  private Expiry() {}

  /** Looks at the deadline of a step; true when the step was ended for it. */
  static boolean ofStep(Draft draft, StepRun step) {
    boolean late =
        !step.ended()
            && !mustBeKnown(step)
            && draft.deadline(step).filter(deadline -> !draft.now.isBefore(deadline)).isPresent();
    if (late && step.state() instanceof Underway) {
      draft.due(); // what is at work in it ends first
    } else if (late) {
      end(draft, step, new Reason("deadline", "it was not over by its deadline"));
    }
    return late;
  }

  /** Ends a run that is too old, paused or not: humans are called, reports are written. */
  static void ofRun(Draft draft) {
    List<StepRun> left = draft.run().steps().values().stream().filter(Expiry::endsWithRun).toList();
    Run.Control control = draft.run().control();
    if (left.isEmpty() && !control.paused()) {
      return;
    }
    draft.become(
        draft.run().with(new Run.Control(false, control.cancelled(), control.withdrawn())));
    String allowed = Durations.text(draft.runbook.deadline());
    Reason why =
        new Reason("run-deadline", "the run is older than the " + allowed + " its runbook allows");
    left.forEach(step -> end(draft, step, why));
  }

  /** Reports, and a call that is still to be made, are bounded by themselves. */
  private static boolean endsWithRun(StepRun step) {
    boolean calls = step.phase() == Phase.ESCALATE;
    return !step.ended() && !mustBeKnown(step) && !calls && step.phase() != Phase.FINALLY;
  }

  /** How a change ended must be known first: its attempt is bounded, and so is the answer to it. */
  private static boolean mustBeKnown(StepRun step) {
    return (step.state() instanceof Running && step.changes()) || step.state() instanceof Unknown;
  }

  private static void end(Draft draft, StepRun step, Reason why) {
    switch (step.state()) {
      case Running running -> {
        draft.command(new RunCommand.Abort(step.id()));
        draft.finish(step.id(), End.FAILED, why);
      }
      case Pending pending when dependent(draft, step) -> draft.finish(step.id(), End.SKIPPED, why);
      default -> draft.withdraw(step.id(), End.FAILED, why);
    }
  }

  /** Whether something else says already what came of it: the change, or a rung that was tried. */
  private static boolean dependent(Draft draft, StepRun step) {
    boolean tried =
        draft.run().steps().values().stream()
            .anyMatch(other -> other.phase() == Phase.CHANGE && other.attempt() > 0);
    return step.phase() == Phase.VERIFY || step.phase() == Phase.UNDO || tried;
  }
}
