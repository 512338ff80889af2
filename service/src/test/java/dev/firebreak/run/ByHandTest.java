package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.call;
import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static dev.firebreak.fixtures.Written.step;
import static dev.firebreak.fixtures.Written.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.fixtures.Written;
import dev.firebreak.run.StepState.End;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.OnFailure;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByHandTest extends PlannedRun {
  private static final Outcome OK = new Outcome.Succeeded(Map.of(), List.of());
  private static final Outcome BAD = new Outcome.Failed(new Reason("refused", "no"), false);
  private static final Outcome LOST = new Outcome.Unknown(new Reason("reset", "no answer"));
  private static final Escalate CALL = new Escalate("oncall", null);

  private final List<Reason> called = new ArrayList<>();

  /** Who is called is written down, and called. */
  @Override
  void tell(RunEvent event) {
    super.tell(event);
    List.copyOf(commands).stream()
        .filter(RunCommand.Call.class::isInstance)
        .map(RunCommand.Call.class::cast)
        .forEach(
            call -> {
              called.add(call.why());
              tell(new RunEvent.Called(now, call.step(), "esc_1", now.plusSeconds(60)));
            });
  }

  private void retry(String step) {
    assertThat(ByHand.againstRetry(book, run, step)).isEmpty();
    tell(new RunEvent.Retried(now, step, ANA, "try again"));
  }

  private void retryRefused(String step, String why) {
    assertThat(ByHand.againstRetry(book, run, step))
        .hasValueSatisfying(s -> assertThat(s).contains(why));
    Run before = run;
    tell(new RunEvent.Retried(now, step, ANA, "try again"));
    assertThat(run).isSameAs(before);
  }

  private void skip(String step) {
    assertThat(ByHand.againstSkip(run, step)).isEmpty();
    tell(new RunEvent.Skipped(now, step, ANA, "by hand"));
  }

  private void skipRefused(String step, String why) {
    assertThat(ByHand.againstSkip(run, step)).hasValueSatisfying(s -> assertThat(s).contains(why));
    Run before = run;
    tell(new RunEvent.Skipped(now, step, ANA, "by hand"));
    assertThat(run).isSameAs(before);
  }

  /** A rung whose proof did not hold, and a human who was called. */
  private void unproven(String... more) {
    List<dev.firebreak.runbook.Rung> ladder = new ArrayList<>(List.of(rung("fix").build()));
    List.of(more).forEach(id -> ladder.add(rung(id).build()));
    start(runbook(List.of(), ladder, CALL, List.of(step("report"))));
    admit("fix");
    ends("fix", OK);
    now = now.plusSeconds(11);
    ends("fix.verify", BAD);
  }

  @Test
  void failedRead_isTriedOnceMore_notAllItsTriesAgain() {
    Retry twice = new Retry(2, Duration.ofSeconds(1), Duration.ofSeconds(1));
    start(runbook(List.of(step("a", null, twice), step("b")), List.of(), null, List.of()));
    ends("a", BAD);
    retry("a");
    assertThat(commands).contains(new RunCommand.Perform("a", 2));
    ends("a", new Outcome.Failed(new Reason("refused", "no"), true));
    assertThat(status("a")).isEqualTo("failed");
    retryRefused("b", "is running: only a step that failed");
  }

  @Test
  void itemThatItsListHasCounted_isOver_alsoForWhoStillReadsIt() {
    unproven();
    String item = "fix/all[3]";
    skipIsNothing(item);
    StepState over = new StepState.Ended(StepState.End.FAILED, now, new Reason("x", "x"));
    run = run.with(new StepRun(item, StepRun.Phase.ACT, over, 1, now, Map.of()));
    skipRefused(item, "its list has counted it");
    retryRefused(item, "its list has counted it");
  }

  private void skipIsNothing(String step) {
    Run before = run;
    tell(new RunEvent.Skipped(now, step, ANA, "by hand"));
    tell(new RunEvent.Retried(now, step, ANA, "by hand"));
    assertThat(run).isSameAs(before);
  }

  @Test
  void unprovenChange_isProposedAnew_withItsProof_andCountsWhenProven() {
    unproven();
    assertThat(status("escalate")).isEqualTo("waiting");
    retry("fix");
    assertThat(status("fix.verify")).isEqualTo("pending");
    admit("fix");
    assertThat(run.step("fix").attempt()).isEqualTo(2);
    ends("fix", OK);
    now = now.plusSeconds(3);
    ends("fix.verify", new Outcome.Failed(new Reason("x", "x"), true));
    assertThat(status("fix.verify")).as("its time begins anew").isEqualTo("waiting");
    now = now.plusSeconds(2);
    tell(new RunEvent.Woken(now, "fix.verify"));
    ends("fix.verify", OK);
    ends("report", OK);
    tell(new RunEvent.Acknowledged(now, ANA));
    assertThat(run.status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void proof_isLookedAtAgain_withoutChangingAnything() {
    unproven();
    retry("fix.verify");
    assertThat(commands).noneMatch(c -> c instanceof RunCommand.Propose);
    ends("fix.verify", OK);
    retryRefused("fix", "is succeeded");
  }

  @Test
  void onceAFixWasVerified_noOtherIsTriedAgain() {
    unproven("next");
    admit("next");
    ends("next", OK);
    ends("next.verify", OK);
    retryRefused("fix", "'next' was applied and verified");
  }

  @Test
  void ladderThatMovedOn_mustStandStillFirst() {
    unproven("next");
    assertThat(status("next")).isEqualTo("ready");
    admit("next");
    retryRefused("fix", "'next' is running");
    ends("next", BAD);
    retry("fix");
    admit("fix");
    ends("fix", BAD);
    assertThat(status("next")).isEqualTo("failed");
  }

  @Test
  void unknownChange_isMadeAgain_onlyByANewIntent() {
    start(runbook(List.of(), List.of(rung("fix").verify(null).build()), CALL, List.of()));
    admit("fix");
    ends("fix", LOST);
    assertThat(commands).noneMatch(c -> c instanceof RunCommand.Propose);
    skipRefused("fix", "say whether it took place");
    retry("fix");
    assertThat(commands).noneMatch(c -> c instanceof RunCommand.Perform);
    admit("fix");
    assertThat(commands).contains(new RunCommand.Perform("fix", 2));
  }

  @Test
  void unknownChange_whoseProofStillLooks_waitsForIt() {
    start(runbook(List.of(), List.of(rung("fix").build()), CALL, List.of()));
    admit("fix");
    ends("fix", LOST);
    retryRefused("fix", "'fix.verify' is running");
    now = now.plusSeconds(11);
    ends("fix.verify", BAD);
    retry("fix.verify");
    ends("fix.verify", OK);
    assertThat(status("fix")).isEqualTo("succeeded");
  }

  @Test
  void unknownChange_whoseNextTryIsRefused_isFollowedByNoOtherFix() {
    start(
        runbook(
            List.of(),
            List.of(rung("fix").verify(null).build(), rung("next").build()),
            CALL,
            List.of()));
    admit("fix");
    ends("fix", LOST);
    retry("fix");
    tell(new RunEvent.Refused(now, "fix", new Reason("limit-target", "used up")));
    assertThat(status("next")).isEqualTo("skipped");
  }

  @Test
  void condition_thatWasMet_isNotAskedAgain() {
    boolean[] met = {true};
    start(
        runbook(
            List.of(), List.of(rung("fix").when(when(model -> met[0])).build()), CALL, List.of()));
    admit("fix");
    ends("fix", BAD);
    met[0] = false;
    retry("fix");
    assertThat(status("fix")).isEqualTo("ready");
  }

  @Test
  void cancelledRun_neverActsAgain() {
    unproven();
    tell(new RunEvent.Cancelled(now, ANA, "stop"));
    retryRefused("fix", "never acts again");
  }

  @Test
  void pausedRun_triesAgainWhenResumed() {
    unproven();
    tell(new RunEvent.Paused(now, ANA, "look"));
    retry("fix");
    assertThat(status("fix")).isEqualTo("pending");
    tell(new RunEvent.Resumed(now, ANA));
    assertThat(commands).contains(new RunCommand.Propose("fix"));
  }

  @Test
  void runWithoutVariables_isNotTriedAgain() {
    start(
        runbook(
            Map.of("host", Written.missing("alert.labels.instance")),
            Trigger.OnResolve.CANCEL,
            List.of(step("a")),
            List.of(rung("fix").build()),
            CALL,
            List.of()));
    retryRefused("a", "no variables");
    retryRefused("fix", "no variables");
  }

  @Test
  void skippedQuestion_isVoid_andTheNextRungIsTried() {
    start(runbook(List.of(), List.of(rung("fix").build(), rung("next").build()), CALL, List.of()));
    tell(
        new RunEvent.Held(
            now, "fix", WaitFor.GATE, now, now.plusSeconds(9), "gate_1", new Reason("g", "asks")));
    skip("fix");
    assertThat(commands).anyMatch(c -> c instanceof RunCommand.Void);
    assertThat(commands).contains(new RunCommand.Propose("next"));
    skipRefused("fix", "nothing to skip");
  }

  @Test
  void rungSkippedByHand_isNotTheSameAsNothingToDo() {
    start(runbook(List.of(), List.of(rung("fix").build()), null, List.of()));
    skip("fix");
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.why())
        .hasToString("Reason[code=skipped-by-hand, text=fix: ana skipped it: by hand]");
  }

  @Test
  void failedRead_isSkipped_andWhatRunsIsNot() {
    start(runbook(List.of(step("a"), step("b")), List.of(), null, List.of()));
    ends("a", BAD);
    skip("a");
    assertThat(status("a")).isEqualTo("skipped");
    skipRefused("b", "is running");
  }

  private static RungStep part(String id, OnFailure onFailure) {
    Step step =
        new Step(
            id,
            id,
            call("fix"),
            null,
            List.of(),
            Retry.NONE,
            Duration.ofSeconds(10),
            null,
            null,
            Map.of());
    return new RungStep(step, true, List.of(), onFailure, false, null, null, null);
  }

  private static Rung several(OnFailure onFailure) {
    return Written.rung("fix", part("a", onFailure), part("b", onFailure), part("c", onFailure));
  }

  private void admitAndEnd(String step, Outcome outcome) {
    tell(new RunEvent.Admitted(now, step, "int_" + step + run.step(step).attempt()));
    ends(step, outcome);
  }

  @Test
  void stepOfARungThatIsUnknown_isWhatHumansAreCalledFor() {
    start(runbook(List.of(), List.of(several(new OnFailure.Stop())), CALL, List.of()));
    admitAndEnd("fix/a", OK);
    tell(new RunEvent.Admitted(now, "fix/b", "int_b"));
    ends("fix/b", LOST);
    admitAndEnd("fix/c", OK);
    assertThat(called)
        .containsExactly(new Reason("unknown", "nobody knows whether fix/b was done: no answer"));
  }

  @Test
  void stepOfARungAtWork_isTriedAgainAndWhatWentWellIsNot() {
    start(runbook(List.of(), List.of(several(new OnFailure.Continue())), null, List.of()));
    admitAndEnd("fix/a", OK);
    admitAndEnd("fix/b", new Outcome.Failed(new Reason("refused", "no"), false));
    retry("fix/b");
    assertThat(run.step("fix/a").ended(End.SUCCEEDED)).isTrue();
    assertThat(commands).containsExactly(new RunCommand.Propose("fix/b"));
  }

  @Test
  void rungThatFailed_isTriedAgainWithWhatItWithdrew() {
    start(
        runbook(
            List.of(),
            List.of(several(new OnFailure.Stop())),
            new Escalate("oncall", null),
            List.of()));
    Reason asks = new Reason("approval", "asks ana");
    Instant until = now.plusSeconds(60);
    for (String step : List.of("fix/a", "fix/b", "fix/c")) {
      tell(new RunEvent.Held(now, step, WaitFor.GATE, now, until, "gate_" + step, asks));
    }
    tell(new RunEvent.Woken(now, "fix/a"));
    tell(new RunEvent.Refused(now, "fix/a", new Reason("gate-expired", "nobody decided")));
    assertThat(run.step("fix/b").ended(End.CANCELLED)).isTrue();
    assertThat(run.step("fix").ended(End.FAILED)).isTrue();
    retry("fix");
    assertThat(commands).contains(new RunCommand.Propose("fix/b"));
  }
}
