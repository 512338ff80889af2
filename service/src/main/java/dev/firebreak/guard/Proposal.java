package dev.firebreak.guard;

import dev.firebreak.run.Items;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.LockMode;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change that wants to be made.
 *
 * @param run as it stands
 * @param runbook the version it runs
 * @param step the id of the change: of the rung, of a step in it, of an item, or of what undoes it
 * @param targets filled in
 * @param answered the guards whose question people answered with yes, for exactly this plan
 * @param shown what would be done, as people are shown it: secrets masked, JSON values only
 */
public record Proposal(
    Run run,
    Runbook runbook,
    String step,
    List<String> targets,
    Set<String> answered,
    Map<String, Object> shown) {
  public Proposal {
    targets = List.copyOf(targets);
    answered = Set.copyOf(answered);
  }

  /** One that nobody was asked about. */
  public Proposal(Run run, Runbook runbook, String step, List<String> targets) {
    this(run, runbook, step, targets, Set.of(), Map.of());
  }

  /** The rung it belongs to. */
  public Rung rung() {
    return runbook.rungOf(step);
  }

  /** Whether it takes a change back: it was admitted with the change it belongs to. */
  public boolean undo() {
    return Address.of(step).undoes();
  }

  /** What limits and cool-downs count by: all items of a list count together. */
  public String counted() {
    return Address.of(step).counted();
  }

  /**
   * Whether an earlier step of its rung was already made: to stop here is to leave it half done.
   */
  public boolean goesOn() {
    return run.steps().values().stream()
        .anyMatch(
            other ->
                other.phase() == StepRun.Phase.ACT
                    && made(other)
                    && Address.of(other.id()).top().equals(rung().id()));
  }

  /**
   * What becomes of it when another run has its target: what is half done waits for its turn, and
   * no run ends for a newer one that has changed something already.
   */
  public LockMode lock() {
    boolean waits = undo() || goesOn() || (rung().lock() == LockMode.SUPERSEDE && changed());
    return waits ? LockMode.QUEUE : rung().lock();
  }

  private boolean changed() {
    return run.steps().values().stream().anyMatch(step -> step.changes() && made(step));
  }

  /** A list is underway before the first of its items is admitted: what is over of it counts. */
  private static boolean made(StepRun step) {
    Items items = step.items();
    return items == null ? step.attempt() > 0 : items.ok() > 0;
  }

  /** Whom to ask, when somebody must be. */
  public List<String> approvers() {
    return approvers(List.of(Approvers.ANYONE));
  }

  /** Whom to ask: those the runbook names, or else these. */
  public List<String> approvers(List<String> otherwise) {
    Approve approve = rung().approve();
    return approve == null ? otherwise : approve.by();
  }
}
