package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Gates;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts on the record what was heard while people think about a plan: the plan is the same, but what
 * they know of it is not.
 */
final class GateNews {
  private final LiveRuns runs;
  private final Gates gates;
  private final Notes notes;

  GateNews(LiveRuns runs, Gates gates, Notes notes) {
    this.runs = runs;
    this.gates = gates;
    this.notes = notes;
  }

  /** An alert fired anew and joined a run that lives. */
  void fired(Tx tx, String runId, Map<String, Object> alert, Actor by, Instant now) {
    if (by.kind() == Actor.Kind.PERSON) {
      return;
    }
    runs.find(tx, runId)
        .filter(run -> run.status() == RunStatus.WAITING)
        .ifPresent(run -> tell(tx, run, alert, now));
  }

  private void tell(Tx tx, Run run, Map<String, Object> alert, Instant now) {
    for (StepRun step : run.steps().values()) {
      asked(step)
          .flatMap(gate -> gates.find(tx, gate))
          .filter(gate -> gate.status() == Gate.Status.OPEN)
          .ifPresent(gate -> tell(tx, run, gate, alert, now));
    }
  }

  private static Optional<String> asked(StepRun step) {
    return step.state() instanceof Waiting waiting
        ? Optional.ofNullable(waiting.gate())
        : Optional.empty();
  }

  private void tell(Tx tx, Run run, Gate gate, Map<String, Object> alert, Instant now) {
    String text =
        "fired again while %s is asked: %s"
            .formatted(
                String.join(", ", gate.asked()),
                Objects.requireNonNullElse(alert.get("summary"), run.runbook()));
    notes.step(
        tx,
        run,
        gate.stepId(),
        now,
        Actor.ENGINE,
        "alert.again",
        text,
        Map.of("gate", gate.id(), "plan", gate.planHash()));
  }
}
