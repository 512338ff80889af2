package dev.firebreak.rehearsal;

import dev.firebreak.alert.Alert;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Planner;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import dev.firebreak.runbook.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test says was done before it begins: intents of earlier runs, which the guards count. */
final class EarlierRuns {
  private final Stage stage;
  private final Runbook runbook;

  EarlierRuns(Stage stage, Runbook runbook) {
    this.stage = stage;
    this.runbook = runbook;
  }

  /** Puts the intents of earlier runs where the guards will count them. */
  void add(RunbookCase test, Alert alert) {
    Run earlier = earlier(test, alert);
    test.history()
        .forEach(
            (id, ages) -> {
              Rung rung = runbook.rung(id).orElseThrow();
              List<String> targets =
                  rung.targets().stream()
                      .map(target -> target.render(RunModel.of(earlier)))
                      .toList();
              for (String change : changes(rung)) {
                ages.forEach(age -> remember(change, targets, age));
              }
            });
  }

  private Run earlier(RunbookCase test, Alert alert) {
    Map<String, Object> facts = new LinkedHashMap<>(alert.asModel());
    facts.put(RunModel.INPUTS, runbook.contract().filled(test.alert().inputs()));
    return Planner.next(
            runbook,
            NewRun.of(
                "run_earlier", "inc_earlier", runbook, facts, "system:test", VirtualTime.START),
            new RunEvent.Started(VirtualTime.START))
        .run();
  }

  /** What limits count for the targets of a rung: its change, or those of its steps. */
  private static List<String> changes(Rung rung) {
    return rung.steps().isEmpty()
        ? List.of(rung.id())
        : rung.steps().stream()
            .filter(step -> step.changes() && step.targets().isEmpty())
            .map(step -> step.in(rung))
            .toList();
  }

  private void remember(String change, List<String> targets, Duration age) {
    Instant at = VirtualTime.START.minus(age);
    stage.write(
        tx -> {
          stage
              .database()
              .intents()
              .add(
                  tx,
                  new Intent(
                      stage.ids().next("int"),
                      "run_earlier",
                      change,
                      1,
                      runbook.name(),
                      runbook.task(change).orElseThrow().call().action(),
                      targets,
                      "earlier",
                      null,
                      at,
                      "succeeded",
                      at));
          return true;
        });
  }
}
