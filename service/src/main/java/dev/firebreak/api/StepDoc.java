package dev.firebreak.api;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run.
 *
 * @param since when its state began, null before
 * @param until when its state ends at the latest or is looked at again, null when it does not
 * @param waitsFor what it waits for: {@code gate}, {@code timer}, {@code lock}, …; null unless
 *     waiting
 * @param ref the gate, escalation, signal or run it waits for, or null
 * @param intent of a change that is being made or whose outcome nobody knows, or null
 */
@Wire
record StepDoc(
    String id,
    String phase,
    String status,
    int attempt,
    @Nullable String startedAt,
    @Nullable String since,
    @Nullable String until,
    @Nullable String endedAt,
    @Nullable String waitsFor,
    @Nullable String ref,
    @Nullable String intent,
    @Nullable ReasonDoc why,
    Map<String, Object> output) {
  static StepDoc of(StepRun step) {
    return switch (step.state()) {
      case StepState.Pending pending -> of(step, Moment.NONE);
      case StepState.Ready ready -> of(step, Moment.NONE);
      case StepState.Running at ->
          of(step, new Moment(at.since(), at.until(), null, null, null, at.intent(), null));
      case StepState.Underway at ->
          of(step, new Moment(at.since(), null, null, null, null, null, null));
      case StepState.Waiting at ->
          of(
              step,
              new Moment(
                  at.since(),
                  at.until(),
                  null,
                  at.what().name().toLowerCase(Locale.ROOT),
                  at.ref(),
                  null,
                  at.why()));
      case StepState.Unknown at ->
          of(step, new Moment(at.since(), null, null, null, null, at.intent(), at.why()));
      case StepState.Ended at ->
          of(step, new Moment(null, null, at.at(), null, null, null, at.why()));
    };
  }

  private static StepDoc of(StepRun step, Moment moment) {
    return new StepDoc(
        step.id(),
        step.phase().name().toLowerCase(Locale.ROOT),
        step.state().status().asText(),
        step.attempt(),
        Times.textOrNull(step.startedAt()),
        Times.textOrNull(moment.since),
        Times.textOrNull(moment.until),
        Times.textOrNull(moment.ended),
        moment.waitsFor,
        moment.ref,
        moment.intent,
        ReasonDoc.of(moment.why),
        step.output());
  }

  private record Moment(
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable Instant ended,
      @Nullable String waitsFor,
      @Nullable String ref,
      @Nullable String intent,
      @Nullable Reason why) {
    static final Moment NONE = new Moment(null, null, null, null, null, null, null);
  }
}
