package dev.firebreak.web;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.Runs;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs with their steps, in short. */
final class RunCards {
  private final Runs runs;

  RunCards(Runs runs) {
    this.runs = runs;
  }

  /** The newest runs of an incident, newest first. */
  List<IncidentView.RunCard> of(Tx tx, String incident, int most, Times times) {
    return runs.list(tx, incident, null, null, most).stream()
        .flatMap(run -> runs.glance(tx, run.id()).stream())
        .map(run -> card(run, times))
        .toList();
  }

  private static IncidentView.RunCard card(Run run, Times times) {
    Instant end = run.endedAt() == null ? times.now() : run.endedAt();
    return new IncidentView.RunCard(
        run.id(),
        run.runbook(),
        Badge.of(run.status()),
        run.why() == null ? "" : Excerpt.line(run.why().text(), 400),
        times.when(run.createdAt()),
        Times.took(Duration.between(run.createdAt(), end)),
        ListWords.inOrder(run.steps().values()).stream().map(step -> mark(step, times)).toList());
  }

  private static IncidentView.StepMark mark(StepRun step, Times times) {
    return new IncidentView.StepMark(step.id(), Badge.of(step.state().status()), took(step, times));
  }

  /** How long a step has been at work or took, empty before it began. */
  static String took(StepRun step, Times times) {
    if (step.startedAt() == null) {
      return "";
    }
    Instant end = step.state() instanceof StepState.Ended ended ? ended.at() : times.now();
    return Times.took(Duration.between(step.startedAt(), end));
  }
}
