package dev.firebreak.run;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What humans work on.
 *
 * @param id {@code inc_…}
 * @param key joins alerts to it; unique among the incidents that are not resolved
 * @param title one line
 * @param severity as the alert words it, or null
 * @param owner the team of the runbook that opened it
 * @param status open, acknowledged, resolved
 * @param openedAt when
 * @param acknowledgedBy a person, or null
 * @param acknowledgedAt null before
 * @param resolvedBy {@link dev.firebreak.core.Actor#asText}, or null
 * @param resolvedAt null before
 */
public record Incident(
    String id,
    String key,
    String title,
    @Nullable String severity,
    String owner,
    Status status,
    Instant openedAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String resolvedBy,
    @Nullable Instant resolvedAt) {
  /** Where an incident stands. */
  public enum Status {
    OPEN,
    ACKNOWLEDGED,
    RESOLVED;

    /** {@code open}, as JSON and labels write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same incident, taken by somebody. */
  public Incident acknowledged(String by, Instant at) {
    return new Incident(
        id, key, title, severity, owner, Status.ACKNOWLEDGED, openedAt, by, at, null, null);
  }

  /** The same incident, which nobody has any more. */
  public Incident reopened() {
    return new Incident(
        id, key, title, severity, owner, Status.OPEN, openedAt, null, null, null, null);
  }

  /** The same incident, over. */
  public Incident resolved(String by, Instant at) {
    return new Incident(
        id,
        key,
        title,
        severity,
        owner,
        Status.RESOLVED,
        openedAt,
        acknowledgedBy,
        acknowledgedAt,
        by,
        at);
  }
}
