package dev.firebreak.guard.promotion;

import java.time.Instant;

/**
 * A change that was not made, because the version of its runbook was not promoted.
 *
 * @param what one sentence for humans: what would have been done
 */
public record Rehearsed(
    String runId, String stepId, String incidentId, String version, String what, Instant at) {
  /**
   * All of a version.
   *
   * @param runs how many runs rehearsed a change
   */
  public record Tally(int runs, Instant since) {}
}
