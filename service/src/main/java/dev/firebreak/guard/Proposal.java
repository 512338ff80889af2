package dev.firebreak.guard;

import dev.firebreak.run.Run;
import dev.firebreak.runbook.Rung;
import java.util.List;

/**
 * A change that wants to be made.
 *
 * @param run as it stands
 * @param rung the rung it belongs to
 * @param step the rung's id, or that of its undo
 * @param targets filled in
 * @param approved whether people approved exactly this plan
 */
public record Proposal(Run run, Rung rung, String step, List<String> targets, boolean approved) {
  public Proposal {
    targets = List.copyOf(targets);
  }

  /** Whether it takes a change back: it was admitted with the change it belongs to. */
  public boolean undo() {
    return step.equals(rung.undoId());
  }

  /** Whom to ask, when somebody must be. */
  List<String> approvers() {
    return rung.approve() == null ? List.of(Approvers.ANYONE) : rung.approve().by();
  }
}
