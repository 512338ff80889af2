package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Step;
import java.util.List;
import java.util.Optional;

/** Moves a run on as far as it goes: diagnosis, ladder, call for humans, conclusion, end. */
final class Progress {
  private static final Reason NOT_WANTED = new Reason("condition", "its condition is not met");
  private static final Reason NOT_CALLED = new Reason("not-needed", "nobody needed to be called");

  private Progress() {}

  static void advance(Draft draft) {
    if (!draft.run().control().paused() && diagnose(draft)) {
      remedy(draft);
    } else {
      Ladder.letGo(draft);
    }
    draft.become(summed(draft));
    if (draft.run().status() == RunStatus.WAITING && draft.before().status() != RunStatus.WAITING) {
      draft.command(new RunCommand.Wake(Draft.WHOLE, draft.end()));
    }
  }

  private static void remedy(Draft draft) {
    if (!Ladder.climb(draft)) {
      Object unused = diagnose(draft); // the ladder may want it to be done again
    } else if (call(draft)) {
      conclude(draft);
    }
  }

  /** Starts what may start; true when all of it is over. */
  private static boolean diagnose(Draft draft) {
    boolean moved;
    do {
      moved = false;
      for (Step step : draft.runbook.diagnose()) {
        if (Planner.pending(draft.step(step.id())) && needsOver(draft, step)) {
          start(draft, step);
          moved = true;
        }
      }
    } while (moved);
    return over(draft, draft.runbook.diagnose());
  }

  private static boolean needsOver(Draft draft, Step step) {
    return step.needs().stream().allMatch(need -> draft.step(need).ended());
  }

  private static boolean over(Draft draft, List<Step> steps) {
    return steps.stream().allMatch(step -> draft.step(step.id()).ended());
  }

  private static void start(Draft draft, Step step) {
    Optional<Boolean> wanted = draft.ask(step.id(), step.when());
    if (wanted.isPresent()) {
      if (wanted.get()) {
        Waits.begin(draft, step.id(), step.call(), step.timeout());
      } else {
        draft.finish(step.id(), End.SKIPPED, NOT_WANTED);
      }
    }
  }

  /** Calls humans if they are wanted; true once they are called, or need not be. */
  private static boolean call(Draft draft) {
    Escalate escalate = draft.runbook.escalate();
    if (escalate == null || !Planner.pending(draft.step(NewRun.ESCALATE))) {
      return escalate == null || !(draft.step(NewRun.ESCALATE).state() instanceof Ready);
    }
    if (!wanted(draft, escalate)) {
      if (!draft.step(NewRun.ESCALATE).ended()) {
        draft.finish(NewRun.ESCALATE, End.SKIPPED, NOT_CALLED);
      }
      return true;
    }
    draft.move(NewRun.ESCALATE, new StepEvent.Propose());
    draft.command(new RunCommand.Call(NewRun.ESCALATE, escalate.to(), Ladder.story(draft)));
    return false;
  }

  /** A condition that cannot be answered calls: on doubt, a human. */
  private static boolean wanted(Draft draft, Escalate escalate) {
    RunStatus verdict = Verdict.of(draft.run());
    if (verdict == RunStatus.CANCELLED) {
      return false;
    }
    if (escalate.when() == null) {
      return verdict != RunStatus.MITIGATED && verdict != RunStatus.SUCCEEDED;
    }
    try {
      return escalate.when().test(RunModel.of(draft.run()));
    } catch (dev.firebreak.expression.ExpressionException e) {
      return true;
    }
  }

  /** The {@code finally} steps, one after the other. */
  private static void conclude(Draft draft) {
    for (Step step : draft.runbook.conclude()) {
      if (Planner.pending(draft.step(step.id()))) {
        start(draft, step);
      }
      if (!draft.step(step.id()).ended()) {
        return;
      }
    }
  }

  private static Run summed(Draft draft) {
    Run run = draft.run();
    boolean cancelled = run.control().cancelled() != null;
    boolean open =
        run.steps().values().stream()
            .anyMatch(step -> !step.ended() && !(cancelled && step.state() instanceof Unknown));
    if (!open) {
      return run.in(Verdict.atEnd(run), Ladder.story(draft), draft.now);
    }
    Optional<Reason> waits = waits(run);
    return waits.isPresent()
        ? run.in(RunStatus.WAITING, waits.get(), null)
        : run.in(RunStatus.RUNNING, null, null);
  }

  /** Why nothing moves, when nothing does. */
  private static Optional<Reason> waits(Run run) {
    boolean moving =
        run.steps().values().stream()
            .map(StepRun::state)
            .anyMatch(state -> state instanceof Running || state instanceof Ready);
    if (moving) {
      return Optional.empty();
    }
    if (run.control().paused()) {
      return Optional.of(new Reason("paused", "paused by a human"));
    }
    return run.steps().values().stream().map(Progress::why).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Reason> why(StepRun step) {
    return switch (step.state()) {
      case Waiting waiting ->
          Optional.of(new Reason(waiting.what().asText(), step.id() + ": " + waiting.why().text()));
      case Unknown unknown ->
          Optional.of(
              new Reason(
                  "unknown", step.id() + ": say whether it happened; " + unknown.why().text()));
      default -> Optional.empty();
    };
  }
}
