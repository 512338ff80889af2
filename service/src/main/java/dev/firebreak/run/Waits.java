package dev.firebreak.run;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps that wait: for a time, for a signal, or until something holds. */
final class Waits {
  /** What a look that did not find it yet is held for. */
  static final String LOOKS_AGAIN = "looks-again";

  private Waits() {}

  /** What the engine sees to itself of a step, or null. */
  private static @Nullable BuiltIn builtIn(Draft draft, String id) {
    return draft.task(id).call().builtIn();
  }

  /** Begins a step that reads or reports, be it an attempt or a wait. */
  static void begin(Draft draft, String id, Call call, Duration timeout) {
    switch (call.builtIn()) {
      case null -> draft.begin(id, timeout);
      case BuiltIn.Until until -> draft.begin(id, timeout);
      case BuiltIn.Pause pause -> pause(draft, id, pause);
      case BuiltIn.Signal signal -> {
        Reason why = new Reason("signal", "waits for the signal '" + signal.name() + "'");
        await(draft, id, WaitFor.SIGNAL, signal.within(), signal.name(), why);
        draft.command(new RunCommand.Await(id, signal.name()));
      }
      case BuiltIn.Child child -> Children.begin(draft, id, child);
    }
  }

  private static void pause(Draft draft, String id, BuiltIn.Pause pause) {
    try {
      String text =
          String.valueOf(pause.length().resolve(RunModel.of(draft.run(), draft.runbook, id)));
      Duration length = Durations.parse(text);
      await(draft, id, WaitFor.TIME, length, null, new Reason("pause", "lets " + text + " pass"));
    } catch (ExpressionException | IllegalArgumentException e) {
      draft.finish(id, End.FAILED, new Reason("invalid-input", "its `for` " + e.getMessage()));
    }
  }

  static void await(
      Draft draft, String id, WaitFor what, Duration within, @Nullable String ref, Reason why) {
    Instant until = draft.now.plus(within);
    draft.await(id, new Waiting(what, draft.now, until, ref, why));
    draft.command(new RunCommand.Wake(id, until));
  }

  /**
   * Looks at a wait whose time may have come.
   *
   * @return false when it is none of these
   */
  static boolean woken(Draft draft, StepRun step, Waiting waiting) {
    if (!waiting.what().ofItsOwn()) {
      return false;
    }
    if (draft.now.isBefore(waiting.until())) {
      draft.command(new RunCommand.Wake(step.id(), waiting.until()));
    } else if (waiting.what() == WaitFor.TIME) {
      Duration passed = Duration.between(waiting.since(), draft.now);
      draft.become(draft.run().with(step.with(Map.of("duration_ms", passed.toMillis()))));
      draft.finish(step.id(), End.SUCCEEDED, new Reason("passed", "the time passed"));
    } else {
      String within = Durations.text(Duration.between(waiting.since(), waiting.until()));
      String text = "nothing came within %s: %s".formatted(within, waiting.why().text());
      draft.withdraw(step.id(), End.FAILED, new Reason("wait-expired", text));
    }
    return true;
  }

  /** A signal lies there: the first step that waits for one of this name asks for it. */
  static void signalled(Draft draft, String name) {
    draft.run().steps().values().stream()
        .filter(step -> step.state() instanceof Waiting waiting && waitsFor(waiting, name))
        .findFirst()
        .ifPresent(step -> draft.command(new RunCommand.Await(step.id(), name)));
  }

  private static boolean waitsFor(Waiting waiting, String name) {
    return waiting.what() == WaitFor.SIGNAL && Objects.equals(waiting.ref(), name);
  }

  static void received(Draft draft, RunEvent.Received event) {
    StepRun step = draft.step(event.step());
    if (step.state() instanceof Waiting waiting && waiting.what() == WaitFor.SIGNAL) {
      draft.become(draft.run().with(step.with(event.body())));
      draft.finish(
          step.id(),
          End.SUCCEEDED,
          new Reason("signal", event.by().name() + " sent '" + waiting.ref() + "'"));
    }
  }

  /** What a look found, judged by what the step waits for. */
  static Outcome judged(Draft draft, StepRun step, Outcome outcome) {
    if (!(builtIn(draft, step.id()) instanceof BuiltIn.Until until)
        || !(outcome instanceof Outcome.Succeeded ok)) {
      return outcome;
    }
    Map<String, Object> model =
        new LinkedHashMap<>(RunModel.of(draft.run(), draft.runbook, step.id()));
    model.put("output", ok.output());
    try {
      return until.holds().test(model) ? outcome : notYet("not yet: " + until.holds().source());
    } catch (ExpressionException e) {
      return notYet("could not be answered: " + e.getMessage());
    }
  }

  private static Outcome notYet(String text) {
    return new Outcome.Failed(new Reason("not-yet", text), true);
  }

  /**
   * Has a wait look again after its pause, or end when its time is over.
   *
   * @return false when the step is none that looks again
   */
  static boolean lookAgain(Draft draft, StepRun step, Reason why) {
    if (!(builtIn(draft, step.id()) instanceof BuiltIn.Until until)
        || why.code().equals("invalid-input")) {
      return false;
    }
    Instant end = Objects.requireNonNull(step.startedAt()).plus(until.within());
    Duration pause = until.pause(step.tries());
    if (draft.now.plus(pause).isAfter(end)) {
      String within = Durations.text(until.within());
      draft.finish(
          step.id(),
          End.FAILED,
          new Reason("wait-expired", "did not come true within " + within + ": " + why.text()));
    } else {
      draft.hold(step.id(), WaitFor.TIMER, pause, new Reason(LOOKS_AGAIN, why.text()));
    }
    return true;
  }
}
