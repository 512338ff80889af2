package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fix of the ladder: a change, its limits, its proof and its undoing.
 *
 * @param id unique in the runbook
 * @param name for humans; the id when the author gave none
 * @param when tried only if true; null means always
 * @param targets keys of what the change touches; never empty
 * @param limit how often, or null when the author set none
 * @param cooldown how long the same fix on the same target rests after an intent; zero for none
 * @param approve who is asked first, or null
 * @param change the {@code do}
 * @param idempotent whether an interrupted change may be run again
 * @param retry how often a failed change is tried again
 * @param timeout bound of one attempt
 * @param artifact name under which the evidence is kept, or null
 * @param verify the proof
 * @param undo what takes the change back when it did not verify, or null when there is nothing to
 *     take back
 */
public record Rung(
    String id,
    String name,
    @Nullable Condition when,
    List<Template> targets,
    @Nullable Limit limit,
    Duration cooldown,
    @Nullable Approve approve,
    Call change,
    boolean idempotent,
    Retry retry,
    Duration timeout,
    @Nullable String artifact,
    @Nullable Verify verify,
    @Nullable Call undo) {
  public Rung {
    targets = List.copyOf(targets);
  }

  /** The id of the step that proves this rung. */
  public String verifyId() {
    return id + ".verify";
  }

  /** The id of the step that takes this rung back. */
  public String undoId() {
    return id + ".undo";
  }
}
