package dev.firebreak.run;

import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes runs that nothing happened to yet. */
public final class NewRun {
  /** The id of the step that calls humans. */
  public static final String ESCALATE = "escalate";

  private NewRun() {}

  /**
   * A queued run with every step of the runbook pending.
   *
   * @param alert as {@link dev.firebreak.alert.Alert#asModel}, with the incident's own facts under
   *     {@link RunModel#INCIDENT}
   * @param startedBy {@link dev.firebreak.core.Actor#asText}
   */
  public static Run of(
      String id,
      String incidentId,
      Runbook runbook,
      Map<String, Object> alert,
      String startedBy,
      Instant now) {
    return new Run(
        id,
        incidentId,
        runbook.name(),
        runbook.version(),
        alert,
        Map.of(),
        startedBy,
        now,
        RunStatus.QUEUED,
        null,
        null,
        Run.Control.NONE,
        1,
        steps(runbook));
  }

  private static Map<String, StepRun> steps(Runbook runbook) {
    Map<String, StepRun> steps = new LinkedHashMap<>();
    for (Step step : runbook.diagnose()) {
      add(steps, step.id(), Phase.DIAGNOSE);
    }
    for (Rung rung : runbook.remediate()) {
      add(steps, rung.id(), Phase.CHANGE);
      if (rung.verify() != null) {
        add(steps, rung.verifyId(), Phase.VERIFY);
      }
      if (rung.undo() != null) {
        add(steps, rung.undoId(), Phase.UNDO);
      }
    }
    if (runbook.escalate() != null) {
      add(steps, ESCALATE, Phase.ESCALATE);
    }
    for (Step step : runbook.conclude()) {
      add(steps, step.id(), Phase.FINALLY);
    }
    return steps;
  }

  private static void add(Map<String, StepRun> steps, String id, Phase phase) {
    steps.put(id, StepRun.pending(id, phase));
  }
}
