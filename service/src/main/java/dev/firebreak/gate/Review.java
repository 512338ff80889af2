package dev.firebreak.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody broke the glass: allowed a change alone that others were asked about. It stays open
 * until another human has looked at it.
 *
 * @param id {@code rev_…}
 * @param person who broke it
 * @param reason in that person's words
 * @param askedAt when people were last told that it is open
 * @param end null while it is open
 */
public record Review(
    String id,
    String gateId,
    String incidentId,
    String runId,
    String stepId,
    String person,
    String reason,
    Instant brokenAt,
    Instant askedAt,
    @Nullable End end) {

  /**
   * How it was closed.
   *
   * @param by who looked at it; never who broke the glass
   * @param finding in that person's words
   */
  public record End(String by, Instant at, String finding) {}
}
