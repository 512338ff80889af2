package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that reads or reports: one of {@code diagnose} or {@code finally}.
 *
 * @param id unique in the runbook: letters, digits, hyphens, underscores
 * @param name for humans; the id when the author gave none
 * @param call what is done
 * @param when run only if true; null means always
 * @param needs ids of steps of the same phase that must have ended before
 * @param retry how often a failure is tried again
 * @param timeout bound of one attempt
 * @param artifact name under which the evidence is kept, or null when it is not kept
 */
public record Step(
    String id,
    String name,
    Call call,
    @Nullable Condition when,
    List<String> needs,
    Retry retry,
    Duration timeout,
    @Nullable String artifact) {
  public Step {
    needs = List.copyOf(needs);
  }
}
