package dev.firebreak.runbook;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test of a runbook: what is given, and what is expected. All ids in it are ids of the runbook:
 * the loader has checked them.
 *
 * @param name for humans
 * @param line where it stands in the file, from 1
 * @param alert the alert that arrives
 * @param stubs what each step's successive attempts bring, by step id, rung id, {@code
 *     <rung>.verify} or {@code <rung>.undo}; never an empty list; the last one stands for all
 *     further attempts (for a verify: looks). A step that is not here succeeds at once without
 *     output. {@code escalate} stands for the call for help: OK when somebody acknowledges, which
 *     is also so when it is not here; anything else when nobody does
 * @param history how long before the run's start each earlier intent for the same targets was
 *     committed, by rung id, the youngest first; all of them had succeeded and been verified. Where
 *     the author wrote only a number {@code n}, they are spread evenly between the rung's cool-down
 *     and its limit's window, so that they count and do not rest
 * @param votes who answers when a gate of this rung opens, by rung id, in order; the gate of a rung
 *     that is not here is answered by nobody, so it walks and expires
 * @param resolveAfter the alert resolves so long after the run's start; null when it does not
 * @param expect what must come of it
 */
public record RunbookCase(
    String name,
    int line,
    Given alert,
    Map<String, List<Stub>> stubs,
    Map<String, List<Duration>> history,
    Map<String, List<Vote>> votes,
    @Nullable Duration resolveAfter,
    Expect expect) {
  public RunbookCase {
    stubs = ordered(stubs);
    history = ordered(history);
    votes = ordered(votes);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * The alert; what the author did not write is {@code source: test}, {@code fingerprint: test},
   * firing, and empty.
   *
   * @param firing false for a resolved one
   * @param severity may be empty
   * @param summary the test's name when the author gave none
   * @param link may be empty
   * @param inputs what a runbook that is called is given; JSON values only
   */
  public record Given(
      String source,
      String fingerprint,
      boolean firing,
      Map<String, String> labels,
      Map<String, String> annotations,
      String severity,
      String summary,
      String link,
      Map<String, Object> inputs) {
    public Given {
      inputs = ordered(inputs);
      labels = ordered(labels);
      annotations = ordered(annotations);
    }
  }

  /**
   * What one attempt brings.
   *
   * @param how it ended
   * @param reason why it failed or is unknown; empty when it worked
   * @param output JSON values only
   * @param takes how long it takes
   */
  public record Stub(How how, String reason, Map<String, Object> output, Duration takes) {
    public Stub {
      output = ordered(output);
    }

    /** How an attempt ends. */
    public enum How {
      OK,
      /** It failed, and another try may help. */
      FAILED,
      UNKNOWN
    }
  }

  /**
   * A human's answer at a gate.
   *
   * @param by the person
   * @param approve false for a rejection
   * @param after so long after the gate opened; zero for at once
   * @param answers what they fill in; JSON values only
   */
  public record Vote(String by, boolean approve, Duration after, Map<String, Object> answers) {
    public Vote {
      answers = ordered(answers);
    }

    /** An answer that fills in nothing. */
    public Vote(String by, boolean approve, Duration after) {
      this(by, approve, after, Map.of());
    }
  }

  /**
   * What must come of it; whatever is null was not said and is not checked.
   *
   * @param outcome the run's final status in lower case: {@code mitigated}
   * @param ran exactly these of the diagnose steps and rungs began an attempt, in any order. Ids of
   *     other steps ({@code restart.verify}, {@code restart.undo}, {@code escalate}, finally steps)
   *     may be among them, and then must have begun too
   * @param skipped these were skipped; others may have been
   * @param asked exactly these rungs opened a gate
   * @param refused exactly these rungs were refused by a guard, with the code of the reason, or an
   *     empty text when any will do
   * @param notStarted the alert starts no run of this runbook; then nothing else is said
   */
  public record Expect(
      @Nullable String outcome,
      @Nullable List<String> ran,
      @Nullable List<String> skipped,
      @Nullable List<String> asked,
      @Nullable Map<String, String> refused,
      boolean notStarted) {
    public Expect {
      ran = ran == null ? null : List.copyOf(ran);
      skipped = skipped == null ? null : List.copyOf(skipped);
      asked = asked == null ? null : List.copyOf(asked);
      refused = refused == null ? null : ordered(refused);
    }
  }
}
