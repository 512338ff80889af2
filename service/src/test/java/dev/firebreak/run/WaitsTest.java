package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Param;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitsTest extends PlannedRun {
  private static final BuiltIn GO = new BuiltIn.Signal("go", Duration.ofMinutes(10));

  private static Step step(String id, BuiltIn builtIn) {
    Call call = new Call("probe", Map.of(), builtIn);
    return new Step(id, id, call, null, List.of(), Retry.NONE, Duration.ofSeconds(10), null);
  }

  private static BuiltIn pause(String length) {
    return new BuiltIn.Pause(new Param.Literal(length));
  }

  private void start(Step... steps) {
    start(runbook(Arrays.asList(steps), List.of(), null, List.of()));
  }

  @Test
  void time_passes_withoutAnAttempt() {
    start(step("a", pause("1h")));
    assertThat(commands).contains(new RunCommand.Wake("a", now.plusSeconds(3600)));
    assertThat(commands).noneMatch(c -> c instanceof RunCommand.Perform);
    wake("a", Duration.ofMinutes(59));
    assertThat(commands).singleElement().isInstanceOf(RunCommand.Wake.class);
    wake("a", Duration.ofMinutes(1));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.step("a").output()).containsEntry("duration_ms", 3_600_000L);
  }

  @Test
  void time_thatIsNone_fails() {
    start(step("a", pause("soon")));
    assertThat(run.step("a").state().toString()).contains("invalid-input", "'soon'");
  }

  @Test
  void time_passesAlsoWhilePaused_butNothingBegins() {
    Step after =
        new Step(
            "b",
            "b",
            new Call("probe", Map.of()),
            null,
            List.of("a"),
            Retry.NONE,
            Duration.ofSeconds(10),
            null);
    start(step("a", pause("1m")), after);
    tell(new RunEvent.Paused(now, ANA, "look"));
    wake("a", Duration.ofMinutes(1));
    assertThat(status("a")).isEqualTo("succeeded");
    assertThat(status("b")).isEqualTo("pending");
    tell(new RunEvent.Resumed(now, ANA));
    assertThat(status("b")).isEqualTo("running");
  }

  @Test
  void signal_isAskedFor_whenTheWaitBegins_whenOneComes_andAfterARestart() {
    start(step("a", GO));
    RunCommand ask = new RunCommand.Await("a", "go");
    assertThat(commands).contains(ask);
    tell(new RunEvent.Signalled(now, "stop"));
    assertThat(commands).isEmpty();
    tell(new RunEvent.Signalled(now, "go"));
    assertThat(commands).containsExactly(ask);
    tell(new RunEvent.Recovered(now));
    assertThat(commands).contains(ask);
    tell(new RunEvent.Received(now, "a", ANA, Map.of("n", 7)));
    assertThat(run.step("a").output()).containsEntry("n", 7);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void signal_endsOneWait() {
    start(step("a", GO), step("b", GO));
    tell(new RunEvent.Signalled(now, "go"));
    assertThat(commands).containsExactly(new RunCommand.Await("a", "go"));
    tell(new RunEvent.Received(now, "a", ANA, Map.of()));
    assertThat(status("b")).isEqualTo("waiting");
  }

  @Test
  void signal_thatDoesNotCome_endsTheWaitByName() {
    start(step("a", GO));
    wake("a", Duration.ofMinutes(10));
    assertThat(run.step("a").state().toString()).contains("wait-expired", "within 10m", "'go'");
    Run before = run;
    tell(new RunEvent.Received(now, "a", ANA, Map.of()));
    assertThat(run).isSameAs(before);
  }

  @Test
  void wait_ofACancelledRun_ends() {
    start(step("a", GO), step("b", pause("1h")));
    tell(new RunEvent.Cancelled(now, ANA, "stop"));
    assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
  }

  private static Outcome found(int lag) {
    return new Outcome.Succeeded(Map.of("lag", lag), List.of());
  }

  private void looks(Outcome outcome) {
    tell(new RunEvent.Performed(now, "a", run.step("a").attempt(), outcome));
  }

  private Step until(Duration within) {
    return step(
        "a",
        new BuiltIn.Until(
            when(model -> Map.of("lag", 0).equals(model.get("output"))),
            Duration.ofSeconds(2),
            2,
            Duration.ofSeconds(5),
            within));
  }

  private Duration pause() {
    return Duration.between(now, ((StepState.Waiting) run.step("a").state()).until());
  }

  @Test
  void condition_isLookedAtWithLongerPauses_untilItHolds() {
    start(until(Duration.ofMinutes(1)));
    List<Duration> pauses = new ArrayList<>();
    for (int look = 0; look < 4; look++) {
      looks(look == 1 ? new Outcome.Failed(new Reason("refused", "not yet up"), false) : found(9));
      pauses.add(pause());
      wake("a", pause());
      assertThat(commands).contains(new RunCommand.Perform("a", look + 2));
    }
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(2L, 4L, 5L, 5L);
    looks(found(0));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.step("a").output()).containsEntry("lag", 0);
  }

  @Test
  void condition_thatDoesNotHoldInTime_failsByName() {
    start(until(Duration.ofSeconds(3)));
    looks(found(9));
    wake("a", Duration.ofSeconds(2));
    looks(found(9));
    assertThat(run.step("a").state().toString()).contains("wait-expired", "within 3s");
  }

  @Test
  void look_thatCannotWork_failsAtOnce() {
    start(until(Duration.ofMinutes(1)));
    looks(new Outcome.Failed(new Reason("invalid-input", "no host"), false));
    assertThat(status("a")).isEqualTo("failed");
  }

  @Test
  void look_thatWasInterrupted_isRepeated() {
    start(until(Duration.ofMinutes(1)));
    tell(new RunEvent.Recovered(now));
    wake("a", Duration.ZERO);
    assertThat(commands).contains(new RunCommand.Perform("a", 2));
  }
}
