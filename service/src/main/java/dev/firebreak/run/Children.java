package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Steps that have another runbook run, and end as it does. */
final class Children {
  private static final String MEANT = "ending:";

  /** How long a run that is cancelled may take to end. */
  private static final Duration ENDING = Duration.ofDays(1);

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
    Optional<Ended> meant = meant(draft, held);
    if (meant.isPresent()) {
      draft.finish(event.step(), meant.get().end(), meant.get().why());
    } else {
      draft.finish(event.step(), end(event), reason(event, held));
    }
  }

  private static boolean well(RunEvent.ChildEnded event) {
    return event.outcome() == RunStatus.SUCCEEDED || event.outcome() == RunStatus.MITIGATED;
  }

  private static End end(RunEvent.ChildEnded event) {
    return well(event) && event.fault() == null ? End.SUCCEEDED : End.FAILED;
  }

  private static Reason reason(RunEvent.ChildEnded event, Waiting held) {
    Reason fault = event.fault();
    return fault != null && (well(event) || fault.code().equals(Rehearsing.CODE))
        ? fault
        : new Reason(
            "child-" + event.outcome().asText(),
            held.why().text() + ": it " + said(event.outcome()));
  }

  /**
   * Has a run cancelled that a step waits for, so that the step ends when that run has: until then
   * it may be changing something.
   *
   * @return false when the step waits for no run, or has waited long enough for this
   */
  static boolean endsFirst(Draft draft, String id, End end, Reason why) {
    if (!(waiting(draft, id) instanceof Waiting held) || held.ref() == null) {
      return false;
    }
    if (meant(draft, held).isPresent()) {
      return draft.now.isBefore(held.until());
    }
    Instant until = draft.now.plus(ENDING);
    Reason meant = new Reason(MEANT + end + ':' + why.code(), why.text());
    draft.move(
        id, new StepEvent.Hold(new Waiting(held.what(), held.since(), until, held.ref(), meant)));
    draft.command(new RunCommand.PassOn(id, held.ref(), RunCommand.Order.CANCEL, why));
    draft.command(new RunCommand.Wake(id, until));
    return true;
  }

  /** How a step will end whose run is being cancelled. */
  private static Optional<Ended> meant(Draft draft, Waiting held) {
    if (!held.why().code().startsWith(MEANT)) {
      return Optional.empty();
    }
    String[] parts = held.why().code().substring(MEANT.length()).split(":", 2);
    Reason why = new Reason(parts[1], held.why().text());
    return Optional.of(new Ended(End.valueOf(parts[0]), draft.now, why));
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
  private static void tell(Draft draft, String id, RunCommand.Order order, Reason why) {
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
