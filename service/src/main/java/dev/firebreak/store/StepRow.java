package dev.firebreak.store;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepStatus;
import dev.firebreak.run.WaitFor;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step as a row. One that runs without a limit is a step whose parts run. What a column means
 * depends on the status: {@code sinceAt} is the begin of what is, or the end of what was; {@code
 * ref} the intent of a change, or the gate or escalation waited for.
 */
public record StepRow(
    String runId,
    String stepId,
    int place,
    StepRun.Phase phase,
    StepStatus status,
    int attempt,
    @Nullable Instant openedAt,
    @Nullable Instant startedAt,
    @Nullable WaitFor waitFor,
    @Nullable Instant sinceAt,
    @Nullable Instant untilAt,
    @Nullable String ref,
    @Nullable String reasonCode,
    @Nullable String reasonText,
    String output,
    int earlier) {

  static StepRow of(String runId, int place, StepRun step) {
    Parts parts = Parts.of(step.state());
    Reason why = parts.why;
    return new StepRow(
        runId,
        step.id(),
        place,
        step.phase(),
        step.state().status(),
        step.attempt(),
        step.openedAt(),
        step.startedAt(),
        parts.waitFor,
        parts.since,
        parts.until,
        parts.ref,
        why == null ? null : why.code(),
        why == null ? null : why.text(),
        Json.write(step.output()),
        step.earlier());
  }

  StepRun toStep() {
    return new StepRun(
        stepId, phase, state(), attempt, openedAt, startedAt, Json.object(output), null, earlier);
  }

  private StepState state() {
    return switch (status) {
      case PENDING -> new StepState.Pending();
      case READY -> new StepState.Ready();
      case RUNNING ->
          untilAt == null
              ? new StepState.Underway(present(sinceAt))
              : new StepState.Running(present(sinceAt), untilAt, ref);
      case WAITING ->
          new StepState.Waiting(
              present(waitFor), present(sinceAt), present(untilAt), ref, reason());
      case UNKNOWN -> new StepState.Unknown(present(ref), present(sinceAt), reason());
      case SUCCEEDED, FAILED, SKIPPED, CANCELLED ->
          new StepState.Ended(StepState.End.valueOf(status.name()), present(sinceAt), reason());
    };
  }

  private Reason reason() {
    return Reasons.present(reasonCode, reasonText);
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value, "a stored step lacks a part of its state");
  }

  /** The parts any state has. */
  private record Parts(
      @Nullable WaitFor waitFor,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable String ref,
      @Nullable Reason why) {
    static Parts of(StepState state) {
      return switch (state) {
        case StepState.Pending pending -> new Parts(null, null, null, null, null);
        case StepState.Ready ready -> new Parts(null, null, null, null, null);
        case StepState.Running it -> new Parts(null, it.since(), it.until(), it.intent(), null);
        case StepState.Underway it -> new Parts(null, it.since(), null, null, null);
        case StepState.Waiting it ->
            new Parts(it.what(), it.since(), it.until(), it.ref(), it.why());
        case StepState.Unknown it -> new Parts(null, it.since(), null, it.intent(), it.why());
        case StepState.Ended it -> new Parts(null, it.at(), null, null, it.why());
      };
    }
  }
}
