package dev.firebreak.escalation;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call for humans.
 *
 * @param id {@code esc_…}
 * @param chain the chain's name in the configuration
 * @param level the link called last, from 0; one less while it rests, to be called again
 * @param nextAt when the next link is called or the chain ends
 * @param status calling, acknowledged, exhausted, or withdrawn
 * @param why the sentence people are called with
 * @param acknowledgedBy who answered, or null
 */
public record Escalation(
    String id,
    String incidentId,
    String runId,
    String stepId,
    String chain,
    int level,
    Instant openedAt,
    Instant nextAt,
    Status status,
    String why,
    @Nullable String acknowledgedBy,
    @Nullable Instant endedAt) {
  /** The same call, whose link is called once more then. */
  Escalation resting(Instant until) {
    return new Escalation(
        id,
        incidentId,
        runId,
        stepId,
        chain,
        level - 1,
        openedAt,
        until,
        status,
        why,
        acknowledgedBy,
        endedAt);
  }

  /** How a call stands. */
  public enum Status {
    CALLING,
    ACKNOWLEDGED,
    EXHAUSTED,
    WITHDRAWN;

    /** {@code calling}, as JSON and labels write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
