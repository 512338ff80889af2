package dev.firebreak.simulation;

import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One line on what became of a run, for traces. */
final class Told {
  private Told() {}

  static String of(@Nullable Run before, Run after) {
    return "%s e%d %s%s%s%s %s"
        .formatted(
            after.id(),
            after.epoch(),
            after.status(),
            after.control().paused() ? " paused" : "",
            after.control().cancelled() != null ? " cancelled" : "",
            after.control().withdrawn() ? " withdrawn" : "",
            after.steps().values().stream()
                .filter(step -> before == null || !step.equals(before.steps().get(step.id())))
                .filter(step -> !(step.state() instanceof StepState.Pending))
                .map(Told::of)
                .collect(Collectors.joining(", ")));
  }

  private static String of(StepRun step) {
    String state =
        switch (step.state()) {
          case StepState.Waiting waiting ->
              "waits for %s until %s (%s)"
                  .formatted(waiting.what(), waiting.until(), waiting.why().code());
          case StepState.Ended ended -> ended.end() + " (" + ended.why().code() + ")";
          case StepState.Running running -> "runs until " + running.until();
          case StepState.Unknown unknown -> "UNKNOWN (" + unknown.why().code() + ")";
          case StepState other -> other.status().asText();
        };
    return step.id() + "#" + step.attempt() + " " + state;
  }
}
