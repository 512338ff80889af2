package dev.firebreak.engine;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState.Running;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes in how attempts ended, for the runs that still wait for it. Works inside a transaction. */
final class Outcomes {
  private final LiveRuns runs;
  private final Evidences evidences;
  private final Notes notes;
  private final String node;

  Outcomes(LiveRuns runs, Evidences evidences, Notes notes, String node) {
    this.runs = runs;
    this.evidences = evidences;
    this.notes = notes;
    this.node = node;
  }

  /**
   * Keeps what an attempt brought.
   *
   * @return the run that is to hear of it; empty when it waits for it no more
   */
  Optional<Run> keep(Tx tx, Attempt attempt, Outcome outcome, Instant at) {
    if (!runs.isOurs(tx, attempt.run().id())) {
      late(tx, attempt, outcome, at);
      return Optional.empty();
    }
    Optional<Run> waits = runs.findOurs(tx, attempt.run().id()).filter(run -> awaits(run, attempt));
    waits.ifPresent(run -> evidences.keep(tx, run, attempt.runbook(), attempt.step(), outcome, at));
    return waits;
  }

  private static boolean awaits(Run run, Attempt attempt) {
    return !run.status().ended()
        && run.epoch() == attempt.run().epoch()
        && run.steps().get(attempt.step()) instanceof StepRun step
        && step.state() instanceof Running
        && step.attempt() == attempt.number();
  }

  /** What a run that was taken over did here is evidence, and no more. */
  private void late(Tx tx, Attempt attempt, Outcome outcome, Instant at) {
    notes.step(
        tx,
        attempt.run(),
        attempt.step(),
        at,
        Actor.ENGINE,
        "step.late",
        "%s, attempt %d, %s on a node that had lost this run; that changes nothing"
            .formatted(attempt.step(), attempt.number(), word(outcome)),
        Map.of("node", node, "attempt", attempt.number()));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded ok -> "succeeded";
      case Outcome.Failed failed -> "failed (" + failed.reason().text() + ")";
      case Outcome.Unknown unknown -> "ended without an answer (" + unknown.reason().text() + ")";
    };
  }
}
