package dev.firebreak.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of one run.
 *
 * @param id as in the runbook; {@code restart.verify}, {@code restart.undo} and {@code escalate}
 *     for the parts of a rung and the call
 * @param phase where in the runbook it stands
 * @param state where it stands
 * @param attempt tries begun, 0 before the first
 * @param openedAt when it was its turn: its deadline counts from then on; null before
 * @param startedAt when the first attempt was begun, null before
 * @param output of the last attempt; JSON values only
 * @param items how far a step that goes over a list has come, null for all others
 * @param earlier how many of the tries do not count for its {@code retry}: evidence that is
 *     gathered again has all its tries again
 */
public record StepRun(
    String id,
    Phase phase,
    StepState state,
    int attempt,
    @Nullable Instant openedAt,
    @Nullable Instant startedAt,
    Map<String, Object> output,
    @Nullable Items items,
    int earlier) {
  public StepRun {
    output = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(output));
  }

  /** A step all of whose tries count. */
  public StepRun(
      String id,
      Phase phase,
      StepState state,
      int attempt,
      @Nullable Instant openedAt,
      @Nullable Instant startedAt,
      Map<String, Object> output,
      @Nullable Items items) {
    this(id, phase, state, attempt, openedAt, startedAt, output, items, 0);
  }

  /** A step without deadline, that goes over no list. */
  public StepRun(
      String id,
      Phase phase,
      StepState state,
      int attempt,
      @Nullable Instant startedAt,
      Map<String, Object> output) {
    this(id, phase, state, attempt, startedAt, startedAt, output, null);
  }

  /** Where in the runbook a step stands. */
  public enum Phase {
    DIAGNOSE,
    /** A rung: its change, or all its steps together. */
    CHANGE,
    /** A step of a rung that changes something. */
    ACT,
    /** A step of a rung that reads. */
    READ,
    VERIFY,
    UNDO,
    ESCALATE,
    FINALLY
  }

  /** A step nothing happened to yet. */
  public static StepRun pending(String id, Phase phase) {
    return new StepRun(id, phase, new StepState.Pending(), 0, null, Map.of());
  }

  /** The same step elsewhere. */
  public StepRun in(StepState next) {
    return new StepRun(id, phase, next, attempt, openedAt, startedAt, output, items, earlier);
  }

  /** The same step, whose turn it is. */
  public StepRun opened(Instant at) {
    return new StepRun(id, phase, state, attempt, at, startedAt, output, items, earlier);
  }

  /** The same step, so far with its list. */
  public StepRun with(Items next) {
    return new StepRun(id, phase, state, attempt, openedAt, startedAt, output, next, earlier);
  }

  /** The same step with one more attempt begun. */
  public StepRun begun(StepState.Running next) {
    return begun(next, next.since());
  }

  /** The same step, whose parts begin. */
  public StepRun begun(StepState.Underway next) {
    return begun(next, next.since());
  }

  private StepRun begun(StepState next, Instant now) {
    Instant first = startedAt == null ? now : startedAt;
    return new StepRun(id, phase, next, attempt + 1, openedAt, first, output, items, earlier);
  }

  /** The same step, waiting as all it does. */
  public StepRun begun(StepState.Waiting next) {
    Instant first = startedAt == null ? next.since() : startedAt;
    return new StepRun(id, phase, next, attempt + 1, first, first, output, null, earlier);
  }

  /** The same step with what its attempt brought. */
  public StepRun with(Map<String, Object> brought) {
    return new StepRun(id, phase, state, attempt, openedAt, startedAt, brought, items, earlier);
  }

  /** The same step as if nothing had happened to it; only its attempts are still counted. */
  public StepRun reopened() {
    return new StepRun(
        id, phase, new StepState.Pending(), attempt, null, null, Map.of(), null, earlier);
  }

  /** The same, with all its tries before it. */
  public StepRun afresh() {
    return new StepRun(
        id, phase, new StepState.Pending(), attempt, null, null, Map.of(), null, attempt);
  }

  /** How many tries count for its {@code retry}. */
  public int tries() {
    return attempt - earlier;
  }

  /** Whether nothing follows for this step. */
  public boolean ended() {
    return state instanceof StepState.Ended;
  }

  /** Whether it ended this way. */
  public boolean ended(StepState.End end) {
    return state instanceof StepState.Ended over && over.end() == end;
  }

  /** Whether this step may change the outside world. */
  public boolean changes() {
    return switch (phase) {
      case CHANGE, ACT, UNDO -> true;
      case DIAGNOSE, READ, VERIFY, ESCALATE, FINALLY -> false;
    };
  }
}
