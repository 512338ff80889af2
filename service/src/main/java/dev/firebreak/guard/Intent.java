package dev.firebreak.guard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The committed decision to perform a change.
 *
 * @param id {@code int_…}
 * @param step the rung's id, or {@code <rung>.undo}
 * @param targets never empty
 * @param plan SHA-256 of the plan that was decided on
 * @param gate the gate that approved it, or null
 * @param outcome {@code succeeded}, {@code failed}, {@code unknown}; null while open
 */
public record Intent(
    String id,
    String runId,
    String step,
    int attempt,
    String runbook,
    String action,
    List<String> targets,
    String plan,
    @Nullable String gate,
    Instant committedAt,
    @Nullable String outcome,
    @Nullable Instant outcomeAt) {
  public Intent {
    targets = List.copyOf(targets);
  }
}
