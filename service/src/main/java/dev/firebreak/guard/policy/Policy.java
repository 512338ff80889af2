package dev.firebreak.guard.policy;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule over changes.
 *
 * @param name unique over all files
 * @param owner the team or person who answers for it
 * @param when which changes it speaks of
 * @param then what it says of them
 * @param why one sentence for whoever is stopped by it
 * @param by who is asked, when it asks; never empty
 * @param exception how to get one, or null
 */
public record Policy(
    String name,
    String owner,
    Condition when,
    Verdict then,
    String why,
    List<String> by,
    @Nullable String exception) {
  /** What a rule says; the later ones are stricter and win. */
  public enum Verdict {
    ALLOW,
    ASK,
    DENY
  }

  public Policy {
    by = List.copyOf(by);
  }

  /**
   * Whether the rule speaks of a change, and why that is not sure.
   *
   * @param doubt null when it could be answered
   */
  record Reach(boolean means, @Nullable String doubt) {}

  /** Asks the rule; one that cannot be answered speaks of the change. */
  Reach reach(Map<String, Object> change) {
    try {
      return new Reach(when.test(change), null);
    } catch (ExpressionException e) {
      return new Reach(true, e.getMessage());
    }
  }
}
