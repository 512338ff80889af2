package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked before a change.
 *
 * @param when asked only if true; null means always; knows {@code limit} besides the usual
 * @param by people or teams, never empty
 * @param quorum how many distinct people must say yes, at least 1
 * @param within how long each set of people has
 * @param then who is asked next when the time is over: a list of people or teams for each walk
 */
public record Approve(
    @Nullable Condition when,
    List<String> by,
    int quorum,
    Duration within,
    List<List<String>> then) {
  public Approve {
    by = List.copyOf(by);
    then = List.copyOf(then);
  }
}
