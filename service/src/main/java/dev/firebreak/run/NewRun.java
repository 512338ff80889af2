package dev.firebreak.run;

import dev.firebreak.core.Actor;
import dev.firebreak.expression.Expression;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
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
      rung.steps().forEach(step -> add(steps, rung, step));
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

  /** The items of a list are steps only while they are at work. */
  private static void add(Map<String, StepRun> steps, Rung rung, RungStep step) {
    String id = step.in(rung);
    add(steps, id, step.changes() ? Phase.ACT : Phase.READ);
    if (step.foreach() == null && step.verify() != null) {
      add(steps, id + "." + Address.VERIFY, Phase.VERIFY);
    }
    if (step.foreach() == null && step.undo() != null) {
      add(steps, id + "." + Address.UNDO, Phase.UNDO);
    }
  }

  private static void add(Map<String, StepRun> steps, String id, Phase phase) {
    steps.put(id, StepRun.pending(id, phase));
  }

  /**
   * A queued run that another run has begin, of the same incident and alert.
   *
   * @param parent the step that has it begin
   * @param inputs as {@link dev.firebreak.runbook.Contract#filled} gives them
   */
  public static Run child(
      String id,
      Run caller,
      Parent parent,
      Runbook runbook,
      Map<String, Object> inputs,
      Instant now) {
    Map<String, Object> facts = new LinkedHashMap<>(caller.alert());
    facts.put(RunModel.INPUTS, inputs);
    facts.put(Parent.FACT, parent.asFact());
    String by = new Actor(Actor.Kind.SYSTEM, caller.runbook()).asText();
    return of(id, caller.incidentId(), runbook, facts, by, now);
  }

  /**
   * What the runbook of a run that ended gives back.
   *
   * @throws ExpressionException naming the output that cannot be worked out
   */
  public static Map<String, Object> outputs(Runbook runbook, Run run) {
    Map<String, Object> model = RunModel.of(run);
    Map<String, Object> outputs = new LinkedHashMap<>();
    runbook
        .contract()
        .outputs()
        .forEach((name, expression) -> outputs.put(name, output(name, expression, model)));
    return outputs;
  }

  private static Object output(String name, Expression expression, Map<String, Object> model) {
    Object value;
    try {
      value = expression.evaluate(model);
    } catch (ExpressionException e) {
      throw new ExpressionException("output '" + name + "': " + e.getMessage(), e);
    }
    if (value == null) {
      throw new ExpressionException("output '" + name + "' has no value");
    }
    return value;
  }
}
