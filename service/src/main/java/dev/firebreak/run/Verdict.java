package dev.firebreak.run;

import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import java.util.List;

/** What has become of a run, read from its steps. */
final class Verdict {
  /** Why nothing was tried: the facts the runbook needs are not in the alert. */
  static final String INVALID_VARS = "invalid-vars";

  private Verdict() {}

  /** The outcome as it would be if nobody were called. */
  static RunStatus of(Run run) {
    if (mitigated(run)) {
      return RunStatus.MITIGATED;
    }
    if (run.control().cancelled() != null || run.control().withdrawn()) {
      return RunStatus.CANCELLED;
    }
    boolean needed =
        rungs(run).stream().anyMatch(rung -> !rung.ended(End.SKIPPED) || ByHand.skipped(rung));
    return needed || invalid(run) ? RunStatus.FAILED : RunStatus.SUCCEEDED;
  }

  /** The outcome once every step is over. */
  static RunStatus atEnd(Run run) {
    RunStatus verdict = of(run);
    StepRun call = run.steps().get(NewRun.ESCALATE);
    if (call == null || verdict == RunStatus.MITIGATED || verdict == RunStatus.CANCELLED) {
      return verdict;
    }
    if (call.ended(End.SUCCEEDED)) {
      return RunStatus.ESCALATED;
    }
    return call.ended(End.FAILED) ? RunStatus.FAILED : verdict;
  }

  /** A fix counts only when it is verified. */
  private static boolean mitigated(Run run) {
    return rungs(run).stream()
        .filter(rung -> rung.ended(End.SUCCEEDED))
        .map(rung -> run.steps().get(rung.id() + ".verify"))
        .anyMatch(verify -> verify != null && verify.ended(End.SUCCEEDED));
  }

  private static boolean invalid(Run run) {
    return run.steps().values().stream()
        .anyMatch(
            step -> step.state() instanceof Ended over && over.why().code().equals(INVALID_VARS));
  }

  private static List<StepRun> rungs(Run run) {
    return run.steps().values().stream().filter(step -> step.phase() == Phase.CHANGE).toList();
  }
}
