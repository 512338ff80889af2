package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Pending;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what comes next. A pure function from a runbook version, a run and an event to the next
 * run and what must be done for it: no clock, no database, no thread. Everything else carries out
 * what it says.
 */
public final class Planner {
  private Planner() {}

  /**
   * What comes of an event.
   *
   * @param run the next state, the same one when the event means nothing here
   * @param commands to be carried out, in order, once the state is committed
   */
  public record Planned(Run run, List<RunCommand> commands) {}

  /** What comes of an event for a run of this very runbook version. */
  public static Planned next(Runbook runbook, Run run, RunEvent event) {
    if (run.status().ended()) {
      return new Planned(run, List.of());
    }
    Draft draft = new Draft(runbook, run, event.at());
    if (draft.expired()) {
      Expiry.ofRun(draft); // first: what waits for a gate still knows which
    }
    apply(draft, event);
    if (draft.expired()) {
      Expiry.ofRun(draft);
    }
    if (draft.moved() || event instanceof RunEvent.Started) {
      Progress.advance(draft);
    }
    return draft.planned();
  }

  private static void apply(Draft draft, RunEvent event) {
    switch (event) {
      case RunEvent.Started started -> start(draft);
      case RunEvent.Performed performed -> Attempts.performed(draft, performed);
      case RunEvent.Admitted admitted -> Attempts.admitted(draft, admitted);
      case RunEvent.Held held -> Attempts.held(draft, held);
      case RunEvent.Refused refused -> Attempts.refused(draft, refused);
      case RunEvent.Woken woken -> Awakening.woken(draft, woken.step());
      case RunEvent.Signalled signalled -> Waits.signalled(draft, signalled.name());
      case RunEvent.Received received -> Waits.received(draft, received);
      case RunEvent.ChildStarted started -> Children.started(draft, started);
      case RunEvent.ChildEnded ended -> Children.ended(draft, ended);
      case RunEvent.Called called -> Attempts.called(draft, called);
      case RunEvent.Acknowledged acknowledged -> acknowledge(draft, acknowledged);
      case RunEvent.Unanswered unanswered -> unanswered(draft, unanswered);
      case RunEvent.AlertResolved resolved -> resolved(draft);
      case RunEvent.Cancelled cancelled -> cancel(draft, cancelled);
      case RunEvent.Paused paused -> pause(draft, true);
      case RunEvent.Resumed resumed -> pause(draft, false);
      case RunEvent.Answered answered -> answer(draft, answered);
      case RunEvent.Retried retried -> ByHand.retry(draft, retried);
      case RunEvent.Skipped skipped -> ByHand.skip(draft, skipped);
      case RunEvent.Recovered recovered -> Awakening.recovered(draft);
    }
  }

  private static void start(Draft draft) {
    Map<String, Object> model = RunModel.of(draft.run());
    Map<String, String> vars = new LinkedHashMap<>();
    model.put("vars", vars);
    try {
      draft.runbook.vars().forEach((name, template) -> vars.put(name, template.render(model)));
      draft.become(draft.run().with(vars));
    } catch (ExpressionException e) {
      Reason why =
          new Reason(
              Verdict.INVALID_VARS, "a variable of the runbook has no value: " + e.getMessage());
      for (StepRun step : draft.run().steps().values()) {
        if (step.phase() == Phase.DIAGNOSE || step.phase() == Phase.CHANGE) {
          draft.finish(step.id(), End.FAILED, why);
        }
      }
    }
  }

  private static void acknowledge(Draft draft, RunEvent.Acknowledged event) {
    draft
        .find(NewRun.ESCALATE)
        .filter(step -> step.state() instanceof Waiting)
        .ifPresent(
            step ->
                draft.finish(
                    step.id(),
                    End.SUCCEEDED,
                    new Reason("acknowledged", event.by().name() + " acknowledged")));
  }

  private static void unanswered(Draft draft, RunEvent.Unanswered event) {
    StepState state = draft.step(event.step()).state();
    if (state instanceof Waiting || state instanceof Ready) {
      draft.finish(event.step(), End.FAILED, event.why());
    }
  }

  private static void resolved(Draft draft) {
    Run.Control control = draft.run().control();
    if (Children.onResolve(draft) != Trigger.OnResolve.CANCEL || control.withdrawn()) {
      return;
    }
    draft.become(draft.run().with(new Run.Control(control.paused(), control.cancelled(), true)));
    Reason why = new Reason("alert-resolved", "the alert resolved, so it was withdrawn");
    for (StepRun step : draft.run().steps().values()) {
      boolean pendingChange = step.phase() == Phase.CHANGE && !busy(step.state());
      boolean calling = step.phase() == Phase.ESCALATE && step.state() instanceof Waiting;
      if (!step.ended() && (pendingChange || calling)) {
        draft.withdraw(step.id(), End.CANCELLED, why);
      }
    }
  }

  private static boolean atWork(StepState state) {
    return state instanceof Running || state instanceof Unknown;
  }

  private static boolean busy(StepState state) {
    return atWork(state) || state instanceof Underway;
  }

  private static void cancel(Draft draft, RunEvent.Cancelled event) {
    Reason why = new Reason("cancelled", event.by().name() + " cancelled: " + event.reason());
    Run.Control control = draft.run().control();
    draft.become(draft.run().with(new Run.Control(false, why, control.withdrawn())));
    for (StepRun step : draft.run().steps().values()) {
      if (step.phase() == Phase.FINALLY || step.ended()) {
        continue;
      }
      if (step.state() instanceof Running) {
        draft.command(new RunCommand.Abort(step.id()));
      }
      if (!(step.changes() && atWork(step.state()))) {
        draft.withdraw(step.id(), End.CANCELLED, why);
      }
    }
  }

  private static void pause(Draft draft, boolean paused) {
    Run.Control control = draft.run().control();
    if (control.paused() == paused) {
      return;
    }
    draft.become(
        draft.run().with(new Run.Control(paused, control.cancelled(), control.withdrawn())));
    Children.tellAll(draft, paused ? RunCommand.Order.PAUSE : RunCommand.Order.RESUME);
    if (!paused) {
      Awakening.wakeAll(draft);
    }
  }

  private static void answer(Draft draft, RunEvent.Answered event) {
    if (draft.find(event.step()).filter(s -> s.state() instanceof Unknown).isPresent()) {
      String said = event.happened() ? "it happened" : "it did not happen";
      draft.finish(
          event.step(),
          event.happened() ? End.SUCCEEDED : End.FAILED,
          new Reason("answered", event.by().name() + " says that " + said + ": " + event.reason()));
    }
  }

  /** Whether nothing has happened to a step. */
  static boolean pending(StepRun step) {
    return step.state() instanceof Pending;
  }
}
