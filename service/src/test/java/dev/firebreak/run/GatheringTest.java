package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static dev.firebreak.fixtures.Written.step;
import static dev.firebreak.fixtures.Written.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Freshness;
import dev.firebreak.runbook.Param;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When evidence is too old to decide by, and what becomes of a change meanwhile. */
class GatheringTest extends PlannedRun {
  private static final Outcome FOUND = new Outcome.Succeeded(Map.of("x", 1), List.of());
  private static final Reason WHY = new Reason("held", "it is held");

  private static Freshness by(String... steps) {
    return new Freshness(Duration.ofMinutes(10), List.of(steps), Map.of(), Map.of());
  }

  private void start(Rung rung, Step... diagnose) {
    start(runbook(List.of(diagnose), List.of(rung), null, List.of()));
  }

  private void heldFor(WaitFor what, Duration time) {
    tell(new RunEvent.Held(now, "fix", what, now, now.plus(time), "gate_1", WHY));
    now = now.plus(time);
  }

  private Optional<Reason> due() {
    Waiting prior = run.step("fix").state() instanceof Waiting waiting ? waiting : null;
    return Gathering.due(book, run, "fix", prior, now);
  }

  /** As the engine does when the guards would let it go on. */
  private void putBack() {
    Waiting was = (Waiting) run.step("fix").state();
    Reason why = due().orElseThrow();
    tell(new RunEvent.Woken(now, "fix"));
    tell(new RunEvent.Held(now, "fix", was.what(), was.since(), was.until(), was.ref(), why));
  }

  @Test
  void evidenceAtItsLimit_isYoungEnough_aMomentLaterItIsNot() {
    start(rung("fix").build().by(by("look")), step("look"));
    ends("look", FOUND);
    heldFor(WaitFor.GATE, Duration.ofMinutes(10));
    assertThat(due()).isEmpty();
    now = now.plusMillis(1);
    assertThat(due().orElseThrow().text()).startsWith("what look found at 2026-11-22T12:00:00Z");
  }

  @Test
  void change_waitsAsBefore_withItsGate_untilAllIsGathered() {
    start(rung("fix").build().by(by("look", "more")), step("look"), step("more"));
    ends("look", FOUND);
    ends("more", FOUND);
    heldFor(WaitFor.GATE, Duration.ofMinutes(11));
    putBack();
    assertThat(performs("look") && performs("more")).isTrue();
    tell(new RunEvent.Woken(now, "fix"));
    ends("look", FOUND);
    Waiting waits = (Waiting) run.step("fix").state();
    assertThat(waits.gate()).isEqualTo("gate_1");
    assertThat(waits.what()).isEqualTo(WaitFor.GATE);
    ends("more", FOUND);
    assertThat(commands).contains(new RunCommand.Propose("fix"));
  }

  @Test
  void pausedAfterItWasGathered_isGatheredOnceMore() {
    start(rung("fix").build().by(by("look")), step("look"));
    ends("look", FOUND);
    heldFor(WaitFor.GATE, Duration.ofMinutes(11));
    putBack();
    tell(new RunEvent.Paused(now, ANA, "let me look"));
    ends("look", FOUND);
    now = now.plus(Duration.ofMinutes(11));
    tell(new RunEvent.Resumed(now, ANA));
    assertThat(run.step("look").attempt()).isEqualTo(3);
    assertThat(commands).doesNotContain(new RunCommand.Propose("fix"));
  }

  @Test
  void heldForAMoment_isNotGatheredForItAnew_evenIfThatTookLong() {
    start(rung("fix").build().by(by("look", "slow")), step("look"), step("slow"));
    ends("look", FOUND);
    ends("slow", FOUND);
    heldFor(WaitFor.TIMER, Duration.ofMinutes(11));
    putBack();
    ends("look", FOUND);
    now = now.plus(Duration.ofMinutes(11));
    ends("slow", FOUND);
    Waiting gathered = new Waiting(WaitFor.TIMER, now, now, null, new Reason(Gathering.CODE, ""));
    Reason moment = Gathering.momentary(gathered, WHY);
    assertThat(moment.text()).isEqualTo(WHY.text());
    Waiting held = new Waiting(WaitFor.TIMER, now, now, null, moment);
    assertThat(Gathering.due(book, run, "fix", held, now)).isEmpty();
    assertThat(Gathering.momentary(null, WHY)).isEqualTo(WHY);
  }

  @Test
  void whatWasNotWantedThen_isAskedAnew_andSoIsWhatWas() {
    Rung fix = rung("fix").build().by(by("look", "if-ok", "if-failed"));
    Step ifOk = step("if-ok", when(model -> ok(model)), Retry.NONE, "look");
    Step ifFailed = step("if-failed", when(model -> !ok(model)), Retry.NONE, "look");
    start(fix, step("look"), ifOk, ifFailed);
    ends("look", FOUND);
    ends("if-ok", FOUND);
    assertThat(status("if-failed")).isEqualTo("skipped");
    heldFor(WaitFor.GATE, Duration.ofMinutes(11));
    putBack();
    ends("look", new Outcome.Failed(WHY, false));
    assertThat(status("if-ok")).isEqualTo("skipped");
    assertThat(performs("if-failed")).isTrue();
  }

  private static boolean ok(Map<String, ?> model) {
    return model.get("steps") instanceof Map<?, ?> steps
        && steps.get("look") instanceof Map<?, ?> look
        && Boolean.TRUE.equals(look.get("ok"));
  }

  @Test
  void whatAHumanSkipped_orOnlyWaits_isNotGatheredAgain() {
    Step pause =
        new Step(
            "pause",
            "pause",
            new Call("wait", Map.of(), new BuiltIn.Pause(new Param.Literal("1s"))),
            null,
            List.of(),
            Retry.NONE,
            Duration.ofSeconds(10),
            null);
    start(rung("fix").build().by(by("pause", "look")), pause, step("look"));
    ends("look", new Outcome.Failed(WHY, false));
    wake("pause", Duration.ofSeconds(1));
    tell(new RunEvent.Held(now, "fix", WaitFor.LOCK, now, now.plusSeconds(9), null, WHY));
    tell(new RunEvent.Skipped(now, "look", ANA, "never mind"));
    now = now.plus(Duration.ofHours(1));
    assertThat(due()).isEmpty();
  }

  @Test
  void interruptedChange_isRunToItsEnd() {
    Freshness says =
        new Freshness(Duration.ofMinutes(10), List.of(), Map.of("fix", List.of("look")), Map.of());
    start(rung("fix").idempotent().build().by(says), step("look"));
    ends("look", FOUND);
    admit("fix");
    now = now.plus(Duration.ofHours(1));
    tell(new RunEvent.Recovered(now));
    wake("fix", Duration.ZERO);
    assertThat(commands).contains(new RunCommand.Propose("fix"));
    Waiting interrupted =
        new Waiting(WaitFor.TIMER, now, now, null, new Reason(Retries.INTERRUPTED, "stopped"));
    assertThat(Gathering.due(book, run, "fix", interrupted, now)).isEmpty();
    assertThat(Gathering.due(book, run, "fix", null, now)).isPresent();
    assertThat(Gathering.due(book, run, "fix.verify", null, now)).isEmpty();
  }

  @Test
  void retryOfAChange_goesByNewEvidenceOnlyForWhatItSays() {
    Freshness says =
        new Freshness(
            Duration.ofMinutes(10), List.of("look"), Map.of("fix", List.of("more")), Map.of());
    Rung fix = rung("fix").retry(new Retry(3, Duration.ofMinutes(20), Duration.ofHours(1))).build();
    start(fix.by(says), step("look"), step("more"));
    ends("look", FOUND);
    ends("more", FOUND);
    admit("fix");
    ends("fix", new Outcome.Failed(WHY, true));
    now = now.plus(Duration.ofHours(1));
    putBack();
    assertThat(performs("more")).isTrue();
    assertThat(performs("look")).isFalse();
  }
}
