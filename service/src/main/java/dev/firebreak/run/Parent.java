package dev.firebreak.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The step of another run that had a run begin.
 *
 * @param run that run
 * @param step its step
 * @param goesOn whether that run goes on when its alert resolves
 * @param path the names of the runbooks that called one another, the outermost first, the direct
 *     caller last
 */
public record Parent(String run, String step, boolean goesOn, List<String> path) {
  /** Where a run keeps it, beside the alert. */
  static final String FACT = "called_by";

  public Parent {
    path = List.copyOf(path);
  }

  /** What a run that was called is told, in JSON values. */
  public Map<String, Object> asFact() {
    return Map.of("run", run, "step", step, "goes_on", goesOn, "path", path);
  }

  static Optional<Parent> of(@Nullable Object fact) {
    return fact instanceof Map<?, ?> told && told.get("path") instanceof List<?> names
        ? Optional.of(
            new Parent(
                String.valueOf(told.get("run")),
                String.valueOf(told.get("step")),
                Boolean.TRUE.equals(told.get("goes_on")),
                names.stream().map(String::valueOf).toList()))
        : Optional.empty();
  }

  /** What a run that this step of a run has begin is told. */
  public static Parent of(Run caller, String step, boolean goesOn) {
    List<String> path = new ArrayList<>(caller.parent().map(Parent::path).orElse(List.of()));
    path.add(caller.runbook());
    return new Parent(caller.id(), step, goesOn, path);
  }
}
