package dev.firebreak.api;

import dev.firebreak.gate.Review;
import dev.firebreak.run.Run;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param version SHA-256 of the runbook's text this run is pinned to
 * @param withdrawn whether pending changes were withdrawn because the alert resolved
 * @param calledBy the step of another run that had this one begin, or null
 * @param alert the alert that started it; only when one run is asked for
 * @param vars only when one run is asked for
 * @param steps only when one run is asked for
 * @param brokenGlass gates of it that one person answered alone; only when one run is asked for,
 *     and null when there are none
 */
@Wire
record RunDoc(
    String id,
    String incident,
    String runbook,
    String version,
    String status,
    @Nullable ReasonDoc why,
    String startedBy,
    String createdAt,
    @Nullable String endedAt,
    boolean paused,
    boolean withdrawn,
    @Nullable ReasonDoc cancelled,
    @Nullable CallerDoc calledBy,
    @Nullable Map<String, Object> alert,
    @Nullable Map<String, String> vars,
    @Nullable List<StepDoc> steps,
    @Nullable List<ReviewsResource.ReviewDoc> brokenGlass) {
  /** As lists show it. */
  static RunDoc line(Run run) {
    return of(run, null, null, null, List.of());
  }

  /** With all its steps. */
  static RunDoc whole(Run run, List<Review> reviews) {
    List<StepDoc> steps = run.steps().values().stream().map(StepDoc::of).toList();
    return of(run, run.alert(), run.vars(), steps, reviews);
  }

  private static RunDoc of(
      Run run,
      @Nullable Map<String, Object> alert,
      @Nullable Map<String, String> vars,
      @Nullable List<StepDoc> steps,
      List<Review> reviews) {
    return new RunDoc(
        run.id(),
        run.incidentId(),
        run.runbook(),
        run.version(),
        run.status().asText(),
        ReasonDoc.of(run.why()),
        run.startedBy(),
        Times.text(run.createdAt()),
        Times.textOrNull(run.endedAt()),
        run.control().paused(),
        run.control().withdrawn(),
        ReasonDoc.of(run.control().cancelled()),
        run.parent().map(parent -> new CallerDoc(parent.run(), parent.step())).orElse(null),
        alert,
        vars,
        steps,
        reviews.isEmpty() ? null : reviews.stream().map(ReviewsResource.ReviewDoc::of).toList());
  }

  /** A step of another run. */
  @Wire
  record CallerDoc(String run, String step) {}
}
