package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every step has. By itself it reads or reports: one of {@code diagnose} or {@code finally}.
 *
 * @param id unique in the runbook: letters, digits, hyphens, underscores
 * @param name for humans; the id when the author gave none
 * @param call what is done
 * @param when run only if true; null means always
 * @param needs ids of steps of the same phase that must have ended before
 * @param retry how often a failure is tried again
 * @param timeout bound of one attempt
 * @param artifact name under which the evidence is kept, or null when it is not kept
 * @param deadline bound of all attempts and waits together, or null
 * @param output what it must bring, by name
 */
public record Step(
    String id,
    String name,
    Call call,
    @Nullable Condition when,
    List<String> needs,
    Retry retry,
    Duration timeout,
    @Nullable String artifact,
    @Nullable Duration deadline,
    Map<String, OutputType> output) {
  public Step {
    needs = List.copyOf(needs);
    output = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(output));
  }

  /** A step without deadline, of which nothing is known to come. */
  public Step(
      String id,
      String name,
      Call call,
      @Nullable Condition when,
      List<String> needs,
      Retry retry,
      Duration timeout,
      @Nullable String artifact) {
    this(id, name, call, when, needs, retry, timeout, artifact, null, Map.of());
  }
}
