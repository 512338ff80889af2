package dev.firebreak.run;

import dev.firebreak.core.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one runbook version for one incident, with its steps. Immutable: the planner
 * makes the next one.
 *
 * @param id {@code run_…}
 * @param incidentId its incident
 * @param runbook the runbook's name
 * @param version the runbook version it is pinned to
 * @param alert the alert that started it, as conditions see it; JSON values only
 * @param vars filled in when it started
 * @param startedBy {@link dev.firebreak.core.Actor#asText}
 * @param createdAt when it was committed
 * @param status in one word
 * @param why of the status, once it waits or has ended
 * @param endedAt null while it lives
 * @param control what humans and the alert said
 * @param epoch grows with every node that takes the run over
 * @param steps by id, in the order of the runbook
 */
public record Run(
    String id,
    String incidentId,
    String runbook,
    String version,
    Map<String, Object> alert,
    Map<String, String> vars,
    String startedBy,
    Instant createdAt,
    RunStatus status,
    @Nullable Reason why,
    @Nullable Instant endedAt,
    Control control,
    long epoch,
    Map<String, StepRun> steps) {
  public Run {
    vars = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    steps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /**
   * What humans and the alert said of a run.
   *
   * @param paused no new step begins
   * @param cancelled why it was cancelled, or null
   * @param withdrawn whether pending changes were withdrawn because the alert resolved
   */
  public record Control(boolean paused, @Nullable Reason cancelled, boolean withdrawn) {
    /** Nothing was said. */
    public static final Control NONE = new Control(false, null, false);
  }

  /** The step of another run that had this one begin; empty when none did. */
  public Optional<Parent> parent() {
    return Parent.of(alert.get(Parent.FACT));
  }

  /** Whether a run had this one begin, or one that had. */
  public boolean calledBy(String runId) {
    return parent().filter(parent -> parent.runs().contains(runId)).isPresent();
  }

  /** A step that is there. */
  public StepRun step(String stepId) {
    StepRun step = steps.get(stepId);
    if (step == null) {
      throw new IllegalArgumentException("run " + id + " has no step '" + stepId + "'");
    }
    return step;
  }

  /** The items of a step's list that are still among the steps: at work, or not counted yet. */
  public List<StepRun> itemsOf(String stepId) {
    List<StepRun> items = new ArrayList<>();
    for (StepRun candidate : steps.values()) {
      String own = candidate.id();
      if (own.endsWith("]") && own.startsWith(stepId) && own.charAt(stepId.length()) == '[') {
        items.add(candidate);
      }
    }
    return items;
  }

  /** How long the attempt at work of a step may take. */
  public Duration attemptTime(String stepId) {
    return step(stepId).state() instanceof StepState.Running running
        ? Duration.between(running.since(), running.until()).minus(Draft.GRACE)
        : Duration.ZERO;
  }

  /** The same run with one step replaced. */
  public Run with(StepRun step) {
    Map<String, StepRun> next = new LinkedHashMap<>(steps);
    next.put(step.id(), step);
    return withSteps(next);
  }

  /** The same run without the items of lists that are over: they are counted in their step. */
  public Run folded() {
    return Folding.of(this);
  }

  /** A run as it was read, all items of all lists among its steps, as it was when written. */
  public Run restored() {
    return Folding.restored(this);
  }

  Run withSteps(Map<String, StepRun> next) {
    return new Run(
        id,
        incidentId,
        runbook,
        version,
        alert,
        vars,
        startedBy,
        createdAt,
        status,
        why,
        endedAt,
        control,
        epoch,
        next);
  }

  /** The same run with other words of control. */
  public Run with(Control next) {
    return new Run(
        id,
        incidentId,
        runbook,
        version,
        alert,
        vars,
        startedBy,
        createdAt,
        status,
        why,
        endedAt,
        next,
        epoch,
        steps);
  }

  /** The same run with its vars filled in. */
  public Run with(Map<String, String> filled) {
    return new Run(
        id,
        incidentId,
        runbook,
        version,
        alert,
        filled,
        startedBy,
        createdAt,
        status,
        why,
        endedAt,
        control,
        epoch,
        steps);
  }

  /** The same run in another status. */
  public Run in(RunStatus next, @Nullable Reason reason, @Nullable Instant at) {
    return new Run(
        id,
        incidentId,
        runbook,
        version,
        alert,
        vars,
        startedBy,
        createdAt,
        next,
        reason,
        at,
        control,
        epoch,
        steps);
  }

  /** The same run, owned under another epoch. */
  public Run owned(long nextEpoch) {
    return new Run(
        id,
        incidentId,
        runbook,
        version,
        alert,
        vars,
        startedBy,
        createdAt,
        status,
        why,
        endedAt,
        control,
        nextEpoch,
        steps);
  }
}
