package dev.firebreak.run;

import dev.firebreak.core.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a step stands; each state carries only what it needs. */
public sealed interface StepState {
  /** Nothing happened yet. */
  record Pending() implements StepState {}

  /** Proposed to the guards, not yet answered. */
  record Ready() implements StepState {}

  /**
   * At work.
   *
   * @param since when the attempt was begun
   * @param until when it is over at the latest
   * @param intent the committed intent of a change, null for a reading step
   */
  record Running(Instant since, Instant until, @Nullable String intent) implements StepState {}

  /**
   * Its parts are at work: the steps of a rung, or the items of a list.
   *
   * @param since when the first of them could begin
   */
  record Underway(Instant since) implements StepState {}

  /**
   * Held.
   *
   * @param what for what
   * @param since from when on
   * @param until when the wait is looked at again or ends
   * @param ref the gate or escalation, null when there is none
   * @param why for humans
   */
  record Waiting(WaitFor what, Instant since, Instant until, @Nullable String ref, Reason why)
      implements StepState {
    /**
     * The gate that asks, or asked, for this change, or null: it is still the one while the change
     * waits for something else.
     */
    public @Nullable String gate() {
      return what == WaitFor.ACKNOWLEDGEMENT || what == WaitFor.SIGNAL ? null : ref;
    }
  }

  /**
   * Interrupted between intent and outcome.
   *
   * @param intent the committed intent
   */
  record Unknown(String intent, Instant since, Reason why) implements StepState {}

  /** Over. */
  record Ended(End end, Instant at, Reason why) implements StepState {}

  /** How a step can end. */
  enum End {
    SUCCEEDED,
    FAILED,
    SKIPPED,
    CANCELLED
  }

  /** The word for columns and badges. */
  default StepStatus status() {
    return switch (this) {
      case Pending pending -> StepStatus.PENDING;
      case Ready ready -> StepStatus.READY;
      case Running running -> StepStatus.RUNNING;
      case Underway underway -> StepStatus.RUNNING;
      case Waiting waiting -> StepStatus.WAITING;
      case Unknown unknown -> StepStatus.UNKNOWN;
      case Ended ended -> StepStatus.valueOf(ended.end().name());
    };
  }
}
