package dev.firebreak.api;

import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.Rehearsed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version of a runbook makes its changes, and what it would have done.
 *
 * @param state {@code free}, {@code promoted} or {@code rehearsing}
 * @param runs how many runs rehearsed a change
 * @param since when the first did, or null
 * @param rehearsed the last changes that were not made, newest first
 */
@Wire
record PromotionDoc(
    String runbook,
    String version,
    String state,
    @Nullable SaidDoc said,
    int runs,
    @Nullable String since,
    List<RehearsedDoc> rehearsed) {
  static PromotionDoc of(PromotionDesk.Standing standing) {
    Rehearsed.Tally tally = standing.tally();
    return new PromotionDoc(
        standing.runbook(),
        standing.version(),
        standing.state().asText(),
        standing.said() == null ? null : SaidDoc.of(standing.said()),
        tally == null ? 0 : tally.runs(),
        tally == null ? null : Times.text(tally.since()),
        standing.rehearsed().stream().map(RehearsedDoc::of).toList());
  }

  /** The last word on the version. */
  @Wire
  record SaidDoc(boolean promoted, String by, String at, String reason) {
    static SaidDoc of(Promotion said) {
      return new SaidDoc(said.promoted(), said.by(), Times.text(said.at()), said.reason());
    }
  }

  /** A change that was not made. */
  @Wire
  record RehearsedDoc(String run, String step, String incident, String what, String at) {
    static RehearsedDoc of(Rehearsed change) {
      return new RehearsedDoc(
          change.runId(),
          change.stepId(),
          change.incidentId(),
          change.what(),
          Times.text(change.at()));
    }
  }
}
