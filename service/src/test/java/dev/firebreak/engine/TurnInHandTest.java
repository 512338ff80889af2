package dev.firebreak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Reason;
import dev.firebreak.run.Parent;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnInHandTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Reason WHY = new Reason("said", "so");

  private final Run caller =
      run("run_caller", Map.of()).with(StepRun.pending("call", StepRun.Phase.DIAGNOSE));
  private final Run called =
      run("run_called", Map.of("called_by", Parent.of(caller, "call", false).asFact()));
  private final TurnInHand turn = new TurnInHand(caller, false);

  private static Run run(String id, Map<String, Object> alert) {
    return new Run(
        id,
        "inc_1",
        "book",
        "v1",
        alert,
        Map.of(),
        "source:test",
        NOON,
        RunStatus.RUNNING,
        null,
        null,
        Run.Control.NONE,
        1,
        Map.of());
  }

  private void calls(String id) {
    turn.born.add(called);
    now(new StepState.Waiting(WaitFor.CHILD, NOON, NOON.plusSeconds(60), id, WHY));
  }

  private void now(StepState state) {
    turn.moved(turn.run().with(turn.run().step("call").in(state)));
  }

  @Test
  void runThatIsWaitedFor_begins() {
    calls(called.id());
    assertThat(turn.turned().born()).containsExactly(called);
  }

  @Test
  void stepWithdrawnInTheSameTurn_whatItCalledDoesNotBegin() {
    calls(called.id());
    now(new StepState.Ended(StepState.End.CANCELLED, NOON, WHY));
    assertThat(turn.turned().born()).isEmpty();
  }

  @Test
  void stepThatCalledAnew_onlyTheLastOneBegins() {
    calls("run_later");
    assertThat(turn.turned().born()).isEmpty();
  }
}
