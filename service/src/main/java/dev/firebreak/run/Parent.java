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
 * @param runs the runs of these runbooks, in the same order
 */
public record Parent(
    String run, String step, boolean goesOn, List<String> path, List<String> runs) {
  /** Where a run keeps it, beside the alert. */
  static final String FACT = "called_by";

  public Parent {
    path = List.copyOf(path);
    runs = List.copyOf(runs);
  }

  /** What a run that was called is told, in JSON values. */
  public Map<String, Object> asFact() {
    return Map.of("run", run, "step", step, "goes_on", goesOn, "path", path, "runs", runs);
  }

  static Optional<Parent> of(@Nullable Object fact) {
    return fact instanceof Map<?, ?> told
        ? Optional.of(
            new Parent(
                String.valueOf(told.get("run")),
                String.valueOf(told.get("step")),
                Boolean.TRUE.equals(told.get("goes_on")),
                texts(told.get("path")),
                texts(told.get("runs"))))
        : Optional.empty();
  }

  private static List<String> texts(@Nullable Object list) {
    return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
  }

  /** What a run that this step of a run has begin is told. */
  public static Parent of(Run caller, String step, boolean goesOn) {
    List<String> path = new ArrayList<>(caller.parent().map(Parent::path).orElse(List.of()));
    List<String> runs = new ArrayList<>(caller.parent().map(Parent::runs).orElse(List.of()));
    path.add(caller.runbook());
    runs.add(caller.id());
    return new Parent(caller.id(), step, goesOn, path, runs);
  }
}
