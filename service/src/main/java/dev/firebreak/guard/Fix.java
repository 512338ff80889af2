package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import java.util.List;

/**
 * A rung that is over, after at least one intent of it was committed.
 *
 * @param run as it stands now
 * @param rung its id
 * @param targets what was changed, or may have been; never empty
 * @param proof whether it helped
 * @param why for humans, of a fix that is not proven
 */
public record Fix(
    Run run, Runbook runbook, String rung, List<String> targets, Proof proof, Reason why) {
  public Fix {
    targets = List.copyOf(targets);
  }

  /** Whether a fix helped. */
  public enum Proof {
    /** Its proof holds. */
    HOLDS,
    /** It failed, its proof failed or said nothing, or it has none. */
    FAILED,
    /** It was stopped before anybody could know. */
    OPEN
  }
}
