package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Steps that have another runbook run, and end as it does. */
final class Children {
  private Children() {}

  static void begin(Draft draft, String id, BuiltIn.Child child) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    try {
      Map<String, Object> model = RunModel.of(draft.run(), draft.runbook, id);
      child.with().forEach((name, param) -> inputs.put(name, param.resolve(model)));
    } catch (ExpressionException e) {
      String why = e.getMessage() + "; nothing was started";
      draft.finish(id, End.FAILED, new Reason("invalid-input", why));
      return;
    }
    Reason why = new Reason("runbook", "runs " + child.runbook());
    Waits.await(draft, id, WaitFor.CHILD, child.within(), null, why);
    draft.command(new RunCommand.Start(id, child.runbook(), inputs));
  }

  static void started(Draft draft, RunEvent.ChildStarted event) {
    if (waiting(draft, event.step()) instanceof Waiting held && held.ref() == null) {
      Waiting known =
          new Waiting(held.what(), held.since(), held.until(), event.child(), held.why());
      draft.move(event.step(), new StepEvent.Hold(known));
    }
  }

  static void ended(Draft draft, RunEvent.ChildEnded event) {
    if (!(waiting(draft, event.step()) instanceof Waiting held)
        || !Objects.equals(held.ref(), event.child())) {
      return;
    }
    Map<String, Object> output = new LinkedHashMap<>(event.outputs());
    output.put("run", event.child());
    output.put("outcome", event.outcome().asText());
    draft.become(draft.run().with(draft.step(event.step()).with(output)));
    boolean well = event.outcome() == RunStatus.SUCCEEDED || event.outcome() == RunStatus.MITIGATED;
    Reason fault = event.fault();
    if (well && fault != null) {
      draft.finish(event.step(), End.FAILED, fault);
    } else {
      String outcome = event.outcome().asText();
      draft.finish(
          event.step(),
          well ? End.SUCCEEDED : End.FAILED,
          new Reason("child-" + outcome, held.why().text() + ": it " + said(event.outcome())));
    }
  }

  private static String said(RunStatus outcome) {
    return switch (outcome) {
      case ESCALATED -> "was handed to a human";
      case CANCELLED -> "was cancelled";
      default -> outcome.asText();
    };
  }

  private static StepState waiting(Draft draft, String id) {
    StepState state = draft.step(id).state();
    return state instanceof Waiting held && held.what() == WaitFor.CHILD
        ? held
        : new StepState.Pending();
  }

  /** Passes an order on to the run a step waits for, if it waits for one. */
  static void tell(Draft draft, String id, RunCommand.Order order, Reason why) {
    if (waiting(draft, id) instanceof Waiting held && held.ref() != null) {
      draft.command(new RunCommand.PassOn(id, held.ref(), order, why));
    }
  }

  static void tellAll(Draft draft, RunCommand.Order order) {
    Reason why = new Reason("caller", "the run that called it");
    draft.run().steps().keySet().forEach(id -> tell(draft, id, order, why));
  }

  /** A run that was called does as the run that called it. */
  static Trigger.OnResolve onResolve(Draft draft) {
    return draft
        .run()
        .parent()
        .map(parent -> parent.goesOn() ? Trigger.OnResolve.CONTINUE : Trigger.OnResolve.CANCEL)
        .orElse(draft.runbook.on().onResolve());
  }
}
