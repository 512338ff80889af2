package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Foreach;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RungStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What conditions and templates see of a run: JSON values only. */
public final class RunModel {
  /** Where a run keeps what it was told of its incident, beside the alert. */
  public static final String INCIDENT = "incident";

  /** Where a run keeps what it was given by whoever began it, beside the alert. */
  public static final String INPUTS = "inputs";

  private RunModel() {}

  /** What a run is given by whoever begins it, as it stands beside the alert. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> inputs(Map<String, Object> alert) {
    return alert.get(INPUTS) instanceof Map<?, ?> given ? (Map<String, Object>) given : Map.of();
  }

  /** The facts of a run as it stands. */
  public static Map<String, Object> of(Run run) {
    Map<String, Object> model = new LinkedHashMap<>();
    Map<String, Object> alert = new LinkedHashMap<>(run.alert());
    Object incident = alert.remove(INCIDENT);
    alert.remove(Parent.FACT);
    Object inputs = alert.remove(INPUTS);
    model.put("alert", alert);
    model.put(INPUTS, inputs == null ? Map.of() : inputs);
    model.put(INCIDENT, incident == null ? Map.of("id", run.incidentId()) : incident);
    model.put("vars", run.vars());
    model.put("run", run(run));
    Map<String, Object> steps = new LinkedHashMap<>();
    run.steps().forEach((id, step) -> put(steps, id, step));
    model.put("steps", steps);
    return model;
  }

  /** The same for one step, which knows the item it is about and what was done to it. */
  public static Map<String, Object> of(Run run, Runbook runbook, String stepId) {
    Map<String, Object> model = of(run);
    if (stepId.indexOf('[') < 0) {
      return model;
    }
    Address address = Address.of(stepId);
    Foreach each = runbook.rungStep(stepId).map(RungStep::foreach).orElseThrow();
    Object list = run.step(address.whole() + "." + Address.LIST).output().get("items");
    if (list instanceof List<?> items && items.get(address.item()) instanceof Object item) {
      model.put(each.as(), item);
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> steps = (Map<String, Object>) Objects.requireNonNull(model.get("steps"));
    steps.put(address.step(), step(run.step(address.holder())));
    return model;
  }

  /** The same facts, in which people have answered this to the form of a rung. */
  public static Map<String, Object> answered(
      Map<String, Object> model, String rung, Map<String, Object> answers) {
    Map<String, Object> steps = new LinkedHashMap<>();
    if (model.get("steps") instanceof Map<?, ?> known) {
      known.forEach((id, facts) -> steps.put(String.valueOf(id), facts));
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    if (steps.get(rung) instanceof Map<?, ?> known) {
      known.forEach((name, fact) -> facts.put(String.valueOf(name), fact));
    }
    facts.put(Address.ANSWERS, answers);
    steps.put(rung, facts);
    Map<String, Object> answered = new LinkedHashMap<>(model);
    answered.put("steps", steps);
    return answered;
  }

  private static Map<String, Object> run(Run run) {
    return Map.of(
        "id", run.id(),
        "runbook", run.runbook(),
        "outcome", (run.status().ended() ? run.status() : Verdict.of(run)).asText(),
        "started_by", run.startedBy());
  }

  /**
   * {@code restart.verify} is seen as {@code steps.restart.verify}, {@code move/copy} as {@code
   * steps.copy}; items and their list are not seen.
   */
  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> steps, String whole, StepRun step) {
    if (whole.indexOf('[') >= 0 || whole.endsWith("." + Address.LIST)) {
      return;
    }
    String id = whole.substring(whole.indexOf('/') + 1);
    int dot = id.lastIndexOf('.');
    if (dot > 0 && steps.get(id.substring(0, dot)) instanceof Map<?, ?> rung) {
      boolean answers = id.endsWith("." + Address.ANSWERS);
      ((Map<String, Object>) rung).put(id.substring(dot + 1), answers ? step.output() : step(step));
    } else {
      steps.put(id, step(step));
    }
  }

  private static Map<String, Object> step(StepRun step) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("status", step.state().status().asText());
    facts.put("ok", step.ended(End.SUCCEEDED));
    facts.put("failed", step.ended(End.FAILED));
    facts.put("skipped", step.ended(End.SKIPPED));
    facts.put("attempt", step.attempt());
    facts.put("reason", reason(step.state()));
    facts.put("output", step.output());
    return facts;
  }

  private static String reason(StepState state) {
    Reason why =
        switch (state) {
          case Ended ended -> ended.why();
          case Waiting waiting -> waiting.why();
          case Unknown unknown -> unknown.why();
          case StepState.Pending pending -> null;
          case StepState.Ready ready -> null;
          case StepState.Running running -> null;
          case StepState.Underway underway -> null;
        };
    return why == null ? "" : why.text();
  }
}
