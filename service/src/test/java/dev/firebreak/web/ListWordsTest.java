package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.fixtures.Written;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Planner;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepRun;
import dev.firebreak.runbook.Foreach;
import dev.firebreak.runbook.OnFailure;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Runbook BOOK = Written.runbook(List.of(), List.of(rung()), null, List.of());

  private Run run = NewRun.of("run_1", "inc_1", BOOK, Map.of(), "system:test", NOW);

  private static Rung rung() {
    Foreach each =
        new Foreach(Written.list(List.of("m00", "m01", "m02")), "m", 1, List.of(), 5, false);
    RungStep move =
        new RungStep(
            Written.step("machines"),
            true,
            List.of(),
            new OnFailure.Stop(),
            false,
            null,
            null,
            each);
    RungStep lights =
        new RungStep(
            Written.step("lights", "machines"),
            true,
            List.of(),
            new OnFailure.Stop(),
            false,
            null,
            null,
            null);
    return Written.rung("move", move, lights);
  }

  private void tell(RunEvent event) {
    run = Planner.next(BOOK, run, event).run();
  }

  /** The first item worked, and nobody knows whether the second did. */
  private void secondItemIsLost() {
    tell(new RunEvent.Started(NOW));
    end("move/machines[0]", new Outcome.Succeeded(Map.of(), List.of()));
    end("move/machines[1]", new Outcome.Unknown(new Reason("reset", "no answer")));
  }

  private void end(String step, Outcome outcome) {
    tell(new RunEvent.Admitted(NOW, step, "int_" + step));
    tell(new RunEvent.Performed(NOW, step, 1, outcome));
  }

  @Test
  void itemNobodyKnowsTheEndOf_isCalledByWhatItIs() {
    secondItemIsLost();
    assertThat(ListWords.name("Move it", run, "move/machines[1]")).isEqualTo("Move it: m01");
    assertThat(ListWords.name("Move it", run, "move/machines")).isEqualTo("Move it");
  }

  @Test
  void progress_saysWhatIsDone_andWhyNothingMoreBegins() {
    secondItemIsLost();
    assertThat(ListWords.progress(run, run.step("move/machines")))
        .isEqualTo(
            "2 of 3 items have begun: 1 worked, 0 failed, 1 unknown, and nothing more begins until"
                + " you answer");
    assertThat(ListWords.progress(run, run.step("move/lights"))).isEmpty();
  }

  @Test
  void items_standBelowTheirStep() {
    secondItemIsLost();
    assertThat(ListWords.inOrder(run.steps().values()))
        .extracting(StepRun::id)
        .containsExactly(
            "move",
            "move/machines",
            "move/machines.list",
            "move/machines[0]",
            "move/machines[1]",
            "move/lights",
            "move.verify");
  }
}
