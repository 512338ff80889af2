package dev.firebreak.engine;

import dev.firebreak.run.Run;
import dev.firebreak.run.RunCommand;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step, as the engine wants it.
 *
 * @param run as it was committed when the attempt was decided on
 * @param number from 1
 * @param admitted what an intent was committed for; null when it only reads
 * @param first whether it is among the first that the run begins
 * @param term of the lease under which it was decided on
 */
record Attempt(
    Run run,
    Runbook runbook,
    String step,
    int number,
    @Nullable Admitted admitted,
    boolean first,
    long term) {
  static Attempt of(
      RunTurns.Turned turned, Runbook runbook, RunCommand.Perform perform, long term) {
    String step = perform.step();
    return new Attempt(
        turned.run(),
        runbook,
        step,
        perform.attempt(),
        turned.admitted().get(step),
        turned.begins(),
        term);
  }

  /** The same for all attempts of a step. */
  String key() {
    return key(run.id(), step);
  }

  static String key(String runId, String step) {
    return runId + "/" + step;
  }

  Call call() {
    return runbook.task(step).orElseThrow().call();
  }

  boolean changing() {
    return run.step(step).changes();
  }

  /** Whether it can wait for runs that came before: others wait for a change and a called run. */
  boolean standsInLine() {
    return first && !changing() && run.parent().isEmpty();
  }

  /** Lets the next change begin. */
  void giveBack() {
    if (admitted != null) {
      admitted.permit().giveBack();
    }
  }

  /** Whether it could still be at work when it is given up. */
  boolean late(Instant now) {
    return run.step(step).state() instanceof Running running
        && now.isAfter(running.until().minus(timeout()));
  }

  /** How long it may take: no longer than the step's deadline leaves. */
  Duration timeout() {
    return run.attemptTime(step);
  }
}
