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
 * @param startedAt when the first attempt was begun, null before
 * @param output of the last attempt; JSON values only
 */
public record StepRun(
    String id,
    Phase phase,
    StepState state,
    int attempt,
    @Nullable Instant startedAt,
    Map<String, Object> output) {
  public StepRun {
    output = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(output));
  }

  /** Where in the runbook a step stands. */
  public enum Phase {
    DIAGNOSE,
    CHANGE,
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
    return new StepRun(id, phase, next, attempt, startedAt, output);
  }

  /** The same step with one more attempt begun. */
  public StepRun begun(StepState.Running next) {
    Instant first = startedAt == null ? next.since() : startedAt;
    return new StepRun(id, phase, next, attempt + 1, first, output);
  }

  /** The same step, waiting as all it does. */
  public StepRun begun(StepState.Waiting next) {
    Instant first = startedAt == null ? next.since() : startedAt;
    return new StepRun(id, phase, next, attempt + 1, first, output);
  }

  /** The same step with what its attempt brought. */
  public StepRun with(Map<String, Object> brought) {
    return new StepRun(id, phase, state, attempt, startedAt, brought);
  }

  /** The same step as if nothing had happened to it; only its attempts are still counted. */
  public StepRun reopened() {
    return new StepRun(id, phase, new StepState.Pending(), attempt, null, Map.of());
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
    return phase == Phase.CHANGE || phase == Phase.UNDO;
  }
}
