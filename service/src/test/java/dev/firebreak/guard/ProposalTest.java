package dev.firebreak.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Reason;
import dev.firebreak.fixtures.Written;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProposalTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final StepRun LIST =
      step("grow/each.list", StepRun.Phase.READ, ended(StepState.End.SUCCEEDED))
          .with(Map.of("items", List.of("a", "b")));
  private static final StepRun WHOLE =
      step("grow/each", StepRun.Phase.ACT, new StepState.Pending())
          .begun(new StepState.Underway(NOON));

  private static StepState ended(StepState.End end) {
    return new StepState.Ended(end, NOON, new Reason("said", "so"));
  }

  private static StepRun step(String id, StepRun.Phase phase, StepState state) {
    return StepRun.pending(id, phase).in(state);
  }

  private static StepRun item(int number, StepState.End end) {
    return step("grow/each[%d]".formatted(number), StepRun.Phase.ACT, ended(end));
  }

  private static boolean goesOn(String wanted, StepRun... steps) {
    Map<String, StepRun> byId = new LinkedHashMap<>();
    Arrays.stream(steps).forEach(step -> byId.put(step.id(), step));
    Run run =
        new Run(
                "run_1",
                "inc_1",
                "book",
                "v1",
                Map.of(),
                Map.of(),
                "source:test",
                NOON,
                RunStatus.RUNNING,
                null,
                null,
                Run.Control.NONE,
                1,
                byId)
            .restored();
    Runbook book =
        Written.runbook(List.of(), List.of(Written.rung("grow").build()), null, List.of());
    return new Proposal(run, book, wanted, List.of("host/a")).goesOn();
  }

  @Test
  void listThatIsUnderway_withNothingDone_isAskedLikeTheFirstChange() {
    assertThat(goesOn("grow/each[0]", LIST, WHOLE)).isFalse();
    assertThat(goesOn("grow/each[1]", LIST, WHOLE, item(0, StepState.End.FAILED))).isFalse();
  }

  @Test
  void listOfWhichAnItemIsDone_isFinished() {
    assertThat(goesOn("grow/each[1]", LIST, WHOLE, item(0, StepState.End.SUCCEEDED))).isTrue();
  }

  @Test
  void stepThatWasBegun_isAReasonToFinishItsOwnRungOnly() {
    StepRun begun =
        step("grow/drain", StepRun.Phase.ACT, new StepState.Pending())
            .begun(new StepState.Running(NOON, NOON.plusSeconds(9), "int_1"));
    StepRun elsewhere =
        step("shrink/drain", StepRun.Phase.ACT, new StepState.Pending())
            .begun(new StepState.Running(NOON, NOON.plusSeconds(9), "int_2"));
    assertThat(goesOn("grow/restart", begun)).isTrue();
    assertThat(goesOn("grow/restart", elsewhere)).isFalse();
  }
}
