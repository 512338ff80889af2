package dev.firebreak.guard.breaker;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one kind that are not made any more, because of what came of those before.
 *
 * @param id {@code brk_…}
 * @param kind what it stops
 * @param runbook the runbook it stops, empty for a group
 * @param subject the target it stops, the name of the group, or empty for a whole runbook
 * @param owner the team or person who answers for what it stops
 * @param why it opened; a sentence without a full stop
 * @param incidentId where that was found
 * @param openedAt when
 * @param retryAt from when on one change is tried, or null when only a human closes it
 * @param trial the change that is being tried, or null
 * @param end how it was closed, or null
 */
public record Breaker(
    String id,
    Kind kind,
    String runbook,
    String subject,
    String owner,
    String why,
    String incidentId,
    Instant openedAt,
    @Nullable Instant retryAt,
    @Nullable Trial trial,
    @Nullable End end) {
  /** What a breaker stops. */
  public enum Kind {
    /** All changes of a runbook. */
    RUNBOOK,
    /** The changes of a runbook to one target. */
    TARGET,
    /** Whatever would change a target of a group. */
    GROUP;

    /** {@code runbook}, as JSON writes it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The change that is let through to see whether it helps again. */
  public record Trial(String run, String target, Instant at) {}

  /** Who closed it, when and why. */
  public record End(String by, Instant at, String reason) {}

  /** Only one of a key is open at a time. */
  public String key() {
    return kind.asText() + "/" + runbook + "/" + subject;
  }

  /** What it stops, in words. */
  public String what() {
    return switch (kind) {
      case RUNBOOK -> "the runbook '%s'".formatted(runbook);
      case TARGET -> "the runbook '%s' on '%s'".formatted(runbook, subject);
      case GROUP -> "the group '%s'".formatted(subject);
    };
  }
}
