package dev.firebreak.api;

import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.Runbook;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A runbook in force.
 *
 * @param version SHA-256 of its text
 * @param promotion {@code free}, {@code promoted} or {@code rehearsing}
 * @param source its text; only when one runbook is asked for
 */
@Wire
record RunbookDoc(
    String name,
    String title,
    String owner,
    String version,
    String promotion,
    @Nullable String source) {
  static RunbookDoc line(Runbook runbook, PromotionDesk.State state) {
    return of(runbook, state, null);
  }

  static RunbookDoc whole(Runbook runbook, PromotionDesk.State state) {
    return of(runbook, state, runbook.source());
  }

  private static RunbookDoc of(
      Runbook runbook, PromotionDesk.State state, @Nullable String source) {
    return new RunbookDoc(
        runbook.name(),
        runbook.title(),
        runbook.owner(),
        runbook.version(),
        state.asText(),
        source);
  }

  /**
   * What a check of a text found.
   *
   * @param valid whether it would be loaded: it has no errors
   */
  @Wire
  record CheckDoc(boolean valid, List<FindingDoc> problems) {
    static CheckDoc of(List<Problem> problems) {
      boolean valid =
          problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
      return new CheckDoc(valid, problems.stream().map(FindingDoc::of).toList());
    }
  }

  /** One thing that is wrong or unwise. */
  @Wire
  record FindingDoc(
      int line, int column, String severity, String code, String message, String advice) {
    static FindingDoc of(Problem problem) {
      return new FindingDoc(
          problem.line(),
          problem.column(),
          problem.severity().name().toLowerCase(Locale.ROOT),
          problem.code(),
          problem.message(),
          problem.advice());
    }
  }
}
