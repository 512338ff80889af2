package dev.firebreak.run;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can happen to a run. Every event knows when it happened; the planner knows no clock. */
public sealed interface RunEvent {
  /** When it happened. */
  Instant at();

  /**
   * The same event, taken up now: what follows from it is decided, dated and bounded by the time at
   * which that is, however long the event had to wait.
   */
  default RunEvent at(Instant now) {
    return switch (this) {
      case Started e -> new Started(now);
      case Performed e -> new Performed(now, e.step(), e.attempt(), e.outcome());
      case Admitted e -> new Admitted(now, e.step(), e.intent(), e.answers());
      case Held e -> new Held(now, e.step(), e.what(), e.since(), e.until(), e.ref(), e.why());
      case Refused e -> new Refused(now, e.step(), e.why());
      case Woken e -> new Woken(now, e.step());
      case Signalled e -> new Signalled(now, e.name());
      case Received e -> new Received(now, e.step(), e.by(), e.body());
      case ChildStarted e -> new ChildStarted(now, e.step(), e.child());
      case ChildEnded e ->
          new ChildEnded(now, e.step(), e.child(), e.outcome(), e.outputs(), e.fault());
      case Called e -> new Called(now, e.step(), e.escalation(), e.until());
      case Acknowledged e -> new Acknowledged(now, e.by());
      case Unanswered e -> new Unanswered(now, e.step(), e.why());
      case AlertResolved e -> new AlertResolved(now);
      case Cancelled e -> new Cancelled(now, e.by(), e.reason());
      case Paused e -> new Paused(now, e.by(), e.reason());
      case Resumed e -> new Resumed(now, e.by());
      case Answered e -> new Answered(now, e.step(), e.happened(), e.by(), e.reason());
      case Retried e -> new Retried(now, e.step(), e.by(), e.reason());
      case Skipped e -> new Skipped(now, e.step(), e.by(), e.reason());
      case Recovered e -> new Recovered(now);
    };
  }

  /** It was created. */
  record Started(Instant at) implements RunEvent {}

  /** An attempt of a step came to its end. Ignored unless the step runs this very attempt. */
  record Performed(Instant at, String step, int attempt, Outcome outcome) implements RunEvent {}

  /**
   * The guards allowed a change and its intent is committed in this transaction.
   *
   * @param answers what people filled in when they approved it; empty when there is no form
   */
  record Admitted(Instant at, String step, String intent, Map<String, Object> answers)
      implements RunEvent {
    /** One nobody filled in a form for. */
    public Admitted(Instant at, String step, String intent) {
      this(at, step, intent, Map.of());
    }
  }

  /**
   * The guards hold a change.
   *
   * @param since when the wait began, kept over looks that found it still held
   * @param until when it is looked at again at the latest
   */
  record Held(
      Instant at,
      String step,
      WaitFor what,
      Instant since,
      Instant until,
      @Nullable String ref,
      Reason why)
      implements RunEvent {}

  /** The guards, or the people they asked, refuse a change. */
  record Refused(Instant at, String step, Reason why) implements RunEvent {}

  /** What a step waited for is there, or its time has come: it is proposed or tried again. */
  record Woken(Instant at, String step) implements RunEvent {}

  /** A signal of this name was kept for the run. */
  record Signalled(Instant at, String name) implements RunEvent {}

  /**
   * A step gets the signal it waits for, which is no longer there for another.
   *
   * @param body JSON values only
   */
  record Received(Instant at, String step, Actor by, Map<String, Object> body)
      implements RunEvent {}

  /** A run of another runbook began for a step. */
  record ChildStarted(Instant at, String step, String child) implements RunEvent {}

  /**
   * The run a step had begin has ended.
   *
   * @param outputs what its runbook gives back; JSON values only
   * @param fault why that could not be worked out, or null
   */
  record ChildEnded(
      Instant at,
      String step,
      String child,
      RunStatus outcome,
      Map<String, Object> outputs,
      @Nullable Reason fault)
      implements RunEvent {}

  /** An escalation was opened and waits for somebody until then. */
  record Called(Instant at, String step, String escalation, Instant until) implements RunEvent {}

  /** Somebody acknowledged the incident. */
  record Acknowledged(Instant at, Actor by) implements RunEvent {}

  /** The escalation went through its whole chain, or could not begin. */
  record Unanswered(Instant at, String step, Reason why) implements RunEvent {}

  /** No alert of the incident fires any more. */
  record AlertResolved(Instant at) implements RunEvent {}

  /** A human cancels. */
  record Cancelled(Instant at, Actor by, String reason) implements RunEvent {}

  /** A human pauses: nothing new begins. */
  record Paused(Instant at, Actor by, String reason) implements RunEvent {}

  /** A human resumes. */
  record Resumed(Instant at, Actor by) implements RunEvent {}

  /**
   * A human says how an unknown step really ended.
   *
   * @param happened whether the change took place
   */
  record Answered(Instant at, String step, boolean happened, Actor by, String reason)
      implements RunEvent {}

  /** A human has a step tried again. Ignored unless {@link ByHand} has nothing against it. */
  record Retried(Instant at, String step, Actor by, String reason) implements RunEvent {}

  /** A human skips a step. Ignored unless {@link ByHand} has nothing against it. */
  record Skipped(Instant at, String step, Actor by, String reason) implements RunEvent {}

  /** A node took the run over: what was running is no more. */
  record Recovered(Instant at) implements RunEvent {}
}
