package dev.firebreak.runbook;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runbook says of one step of a run, be it a step, a change, its proof or its undoing.
 *
 * @param call what is done; {@link Call#NOTHING} for a rung that has steps
 * @param timeout bound of one attempt
 * @param retry how often a failure is tried again
 * @param idempotent whether an interrupted change may be run again
 * @param deadline bound of all attempts and waits together, or null
 * @param artifact name under which the evidence is kept, or null when it is not kept
 * @param output what it must bring
 * @param proof the proof, when this is one
 */
public record Task(
    Call call,
    Duration timeout,
    Retry retry,
    boolean idempotent,
    @Nullable Duration deadline,
    @Nullable String artifact,
    Map<String, OutputType> output,
    @Nullable Verify proof) {

  static Task of(Step step, boolean idempotent) {
    return new Task(
        step.call(),
        step.timeout(),
        step.retry(),
        idempotent,
        step.deadline(),
        step.artifact(),
        step.output(),
        null);
  }

  static Task of(Rung rung) {
    return new Task(
        rung.change(),
        rung.timeout(),
        rung.retry(),
        rung.idempotent(),
        rung.deadline(),
        rung.artifact(),
        Map.of(),
        null);
  }

  static Task of(Verify verify) {
    return new Task(
        verify.call(), verify.timeout(), Retry.NONE, false, null, null, Map.of(), verify);
  }

  static Task of(Undo undo) {
    return new Task(
        undo.call(), undo.timeout(), undo.retry(), undo.idempotent(), null, null, Map.of(), null);
  }
}
