package dev.firebreak.action;

import java.time.Duration;
import java.util.Map;

/**
 * One call of an action.
 *
 * @param runId the run
 * @param incidentId its incident
 * @param stepId the step
 * @param attempt from 1
 * @param idempotencyKey made of run and step, the same on every attempt
 * @param params filled in; JSON values only
 * @param model the facts of the run, for actions that render texts of their own; JSON values only
 * @param changing whether this call is a change (a rung's {@code do} or {@code undo}, or an action
 *     that changes): a change that was begun and got no answer is {@link Outcome.Unknown}, a read
 *     is {@link Outcome.Failed}
 * @param timeout bound of this attempt
 * @param cancellation tells when to give up
 */
public record Invocation(
    String runId,
    String incidentId,
    String stepId,
    int attempt,
    String idempotencyKey,
    Map<String, Object> params,
    Map<String, Object> model,
    boolean changing,
    Duration timeout,
    Cancellation cancellation) {
  /** A call of which nobody said whether it changes anything: so it does. */
  public Invocation(
      String runId,
      String incidentId,
      String stepId,
      int attempt,
      String idempotencyKey,
      Map<String, Object> params,
      Map<String, Object> model,
      Duration timeout,
      Cancellation cancellation) {
    this(
        runId,
        incidentId,
        stepId,
        attempt,
        idempotencyKey,
        params,
        model,
        true,
        timeout,
        cancellation);
  }

  /** The parameters, read with their checks. */
  public Params read() {
    return new Params(params);
  }
}
