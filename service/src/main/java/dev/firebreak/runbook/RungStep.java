package dev.firebreak.runbook;

import dev.firebreak.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a rung that has several. It reads or changes; a change is put before the guards by
 * itself.
 *
 * @param step what all steps have; {@code needs} names steps of the same rung
 * @param changes whether its action changes something
 * @param targets keys of what it touches; empty for those of the rung
 * @param onFailure what follows when it failed for good
 * @param idempotent whether an interrupted change may be run again
 * @param verify its own proof, or null
 * @param undo what takes it back when the rung fails, or null when there is nothing to take back
 * @param foreach the list it goes over, or null
 */
public record RungStep(
    Step step,
    boolean changes,
    List<Template> targets,
    OnFailure onFailure,
    boolean idempotent,
    @Nullable Verify verify,
    @Nullable Undo undo,
    @Nullable Foreach foreach) {
  public RungStep {
    targets = List.copyOf(targets);
  }

  /** Its id in the runbook. */
  public String id() {
    return step.id();
  }

  /** Its id in a run. */
  public String in(Rung rung) {
    return rung.id() + "/" + step.id();
  }
}
