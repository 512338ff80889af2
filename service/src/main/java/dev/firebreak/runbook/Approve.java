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
 * @param notBefore how long nobody can approve it, counted from the question; zero is at once
 * @param fourEyes whether who started the run may not decide
 * @param except people who may not decide, as who wrote the runbook
 * @param then who is asked next when the time is over: a list of people or teams for each walk
 * @param form what they fill in; nothing unless said
 */
public record Approve(
    @Nullable Condition when,
    List<String> by,
    int quorum,
    Duration within,
    Duration notBefore,
    boolean fourEyes,
    List<String> except,
    List<List<String>> then,
    AnswerForm form) {
  public Approve {
    by = List.copyOf(by);
    except = List.copyOf(except);
    then = List.copyOf(then);
  }

  /** One without a form. */
  public Approve(
      @Nullable Condition when,
      List<String> by,
      int quorum,
      Duration within,
      Duration notBefore,
      boolean fourEyes,
      List<String> except,
      List<List<String>> then) {
    this(when, by, quorum, within, notBefore, fourEyes, except, then, AnswerForm.NONE);
  }
}
