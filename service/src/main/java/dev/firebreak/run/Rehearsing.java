package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import java.util.List;
import java.util.Optional;

/** Runs that do everything but their changes: known by the steps they did not do. Pure. */
public final class Rehearsing {
  /** Of a change that was not made, because the version of its runbook only rehearses. */
  public static final String CODE = "rehearsed";

  private Rehearsing() {}

  /** Whether a run rehearsed a change, or a run it called did. */
  public static boolean by(Run run) {
    return run.steps().values().stream().anyMatch(Rehearsing::rehearsed);
  }

  /**
   * Whether a run rehearsed something that comes before a change: to make this one for real would
   * be to leave out what was to be tried first.
   */
  public static boolean before(Run run, Runbook book, String step) {
    List<String> ladder = book.remediate().stream().map(Rung::id).toList();
    int rung = ladder.indexOf(Address.of(step).top());
    return run.steps().values().stream()
        .filter(other -> rehearsed(other) && !other.id().equals(step))
        .anyMatch(
            other -> {
              int at = ladder.indexOf(Address.of(other.id()).top());
              return at >= 0 && at <= rung;
            });
  }

  /** What was rehearsed first; empty when nothing was. */
  static Optional<Reason> first(Run run) {
    return run.steps().values().stream()
        .filter(Rehearsing::rehearsed)
        .map(step -> ((Ended) step.state()).why())
        .findFirst();
  }

  private static boolean rehearsed(StepRun step) {
    return step.state() instanceof Ended over && over.why().code().equals(CODE);
  }
}
