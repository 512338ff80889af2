package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static dev.firebreak.fixtures.Written.step;
import static dev.firebreak.fixtures.Written.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.fixtures.Written;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest extends PlannedRun {
  private static final Outcome OK = new Outcome.Succeeded(Map.of(), List.of());
  private static final Outcome BAD = new Outcome.Failed(new Reason("refused", "no"), true);
  private static final Outcome FINAL = new Outcome.Failed(new Reason("refused", "no"), false);
  private static final Outcome LOST = new Outcome.Unknown(new Reason("reset", "no answer"));

  @Nested
  class Diagnosis {
    @Test
    void steps_withoutNeeds_beginTogether() {
      start(runbook(List.of(step("a"), step("b"), step("c", "a")), List.of(), null, List.of()));
      assertThat(performs("a")).isTrue();
      assertThat(performs("b")).isTrue();
      assertThat(status("c")).isEqualTo("pending");
      ends("a", FINAL);
      assertThat(performs("c")).as("a failure stops nothing").isTrue();
    }

    @Test
    void nothingToChange_succeeds() {
      start(runbook(List.of(step("a")), List.of(), null, List.of()));
      ends("a", OK);
      assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void failure_isTriedAgainAfterItsPause_andNotBefore() {
      Retry retry = new Retry(2, Duration.ofSeconds(4), Duration.ofSeconds(30));
      start(runbook(List.of(step("a", null, retry)), List.of(), null, List.of()));
      ends("a", BAD);
      assertThat(status("a")).isEqualTo("waiting");
      wake("a", Duration.ofSeconds(1));
      assertThat(performs("a")).isFalse();
      wake("a", Duration.ofSeconds(4));
      assertThat(performs("a")).isTrue();
      ends("a", BAD);
      assertThat(status("a")).isEqualTo("failed");
    }

    @Test
    void answerOfAnEarlierAttempt_changesNothing() {
      Retry retry = new Retry(2, Duration.ofSeconds(1), Duration.ofSeconds(1));
      start(runbook(List.of(step("a", null, retry)), List.of(), null, List.of()));
      ends("a", BAD);
      wake("a", Duration.ofSeconds(1));
      Run before = run;
      tell(new RunEvent.Performed(now, "a", 1, OK));
      assertThat(run).isSameAs(before);
    }

    @Test
    void silence_endsWithTheTimeLimit() {
      start(runbook(List.of(step("a")), List.of(), null, List.of()));
      wake("a", Duration.ofSeconds(19));
      assertThat(status("a")).isEqualTo("running");
      wake("a", Duration.ofSeconds(1));
      assertThat(status("a")).isEqualTo("failed");
    }

    @Test
    void missingVariable_failsBeforeAnythingActs_andCalls() {
      start(
          runbook(
              Map.of("host", Written.missing("alert.labels.instance")),
              Trigger.OnResolve.CANCEL,
              List.of(step("a")),
              List.of(rung("fix").build()),
              new Escalate("oncall", null),
              List.of()));
      assertThat(commands).hasSize(1).first().isInstanceOf(RunCommand.Call.class);
      assertThat(status("fix")).isEqualTo("failed");
      tell(new RunEvent.Called(now, "escalate", "esc_1", now.plusSeconds(60)));
      tell(new RunEvent.Acknowledged(now, ANA));
      assertThat(run.status()).isEqualTo(RunStatus.ESCALATED);
    }
  }

  @Nested
  class Remediation {
    @Test
    void fix_countsOnlyWhenItsProofHolds() {
      start(runbook(List.of(), List.of(rung("fix").build()), null, List.of()));
      admit("fix");
      assertThat(performs("fix")).isTrue();
      ends("fix", OK);
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      assertThat(performs("fix.verify")).isTrue();
      ends("fix.verify", OK);
      assertThat(run.status()).isEqualTo(RunStatus.MITIGATED);
      assertThat(commands).contains(new RunCommand.Release("fix"));
    }

    @Test
    void fixThatIsOverWhileItsRunIsPaused_letsGoAllTheSame_andOnce() {
      start(
          runbook(
              List.of(), List.of(rung("fix").build()), new Escalate("oncall", null), List.of()));
      admit("fix");
      ends("fix", OK);
      now = now.plusSeconds(11);
      tell(new RunEvent.Paused(now, ANA, "let me look"));
      ends("fix.verify", BAD);
      assertThat(commands).contains(new RunCommand.Release("fix"));
      tell(new RunEvent.Resumed(now, ANA));
      assertThat(commands).doesNotContain(new RunCommand.Release("fix"));
    }

    @Test
    void proof_isLookedAtUntilItsTimeIsOver_thenUndone_thenNextRung() {
      start(
          runbook(
              List.of(),
              List.of(rung("first").undo().build(), rung("second").build()),
              null,
              List.of()));
      admit("first");
      ends("first", OK);
      for (int look = 0; look < 5; look++) {
        ends("first.verify", BAD);
        assertThat(status("first.verify")).isEqualTo("waiting");
        wake("first.verify", Duration.ofSeconds(2));
      }
      ends("first.verify", BAD);
      assertThat(status("first.verify")).isEqualTo("failed");
      admit("first.undo");
      assertThat(status("second")).isEqualTo("pending");
      ends("first.undo", OK);
      assertThat(commands).contains(new RunCommand.Propose("second"));
    }

    @Test
    void refusal_goesToTheNextRung_butAHumansNoDoesNot() {
      start(
          runbook(
              List.of(),
              List.of(rung("a").build(), rung("b").build(), rung("c").build()),
              null,
              List.of()));
      tell(new RunEvent.Refused(now, "a", new Reason("limit-target", "used up")));
      assertThat(commands).contains(new RunCommand.Propose("b"));
      tell(new RunEvent.Refused(now, "b", new Reason("gate-rejected", "ana says no")));
      assertThat(commands).isEmpty();
      assertThat(status("c")).isEqualTo("skipped");
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void conditionNotMet_skipsTheRung() {
      start(
          runbook(
              List.of(), List.of(rung("a").when(when(model -> false)).build()), null, List.of()));
      assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void failedChange_needsANewIntentForItsNextTry() {
      Retry retry = new Retry(2, Duration.ofSeconds(1), Duration.ofSeconds(1));
      start(runbook(List.of(), List.of(rung("a").retry(retry).build()), null, List.of()));
      admit("a");
      ends("a", BAD);
      wake("a", Duration.ofSeconds(1));
      assertThat(performs("a")).isFalse();
      admit("a");
      assertThat(run.step("a").attempt()).isEqualTo(2);
    }
  }

  @Nested
  class InterruptedChange {
    @Test
    void notIdempotent_isNeverRepeated_itsProofDecides() {
      start(runbook(List.of(), List.of(rung("a").build()), null, List.of()));
      admit("a");
      tell(new RunEvent.Recovered(now));
      assertThat(status("a")).isEqualTo("unknown");
      assertThat(performs("a")).isFalse();
      assertThat(performs("a.verify")).isTrue();
      ends("a.verify", OK);
      assertThat(run.status()).isEqualTo(RunStatus.MITIGATED);
    }

    @Test
    void proofFails_aHumanDecides_andTheLadderGoesOn() {
      start(
          runbook(
              List.of(),
              List.of(rung("a").build(), rung("b").build()),
              new Escalate("oncall", null),
              List.of(step("report"))));
      admit("a");
      ends("a", LOST);
      now = now.plusSeconds(11);
      ends("a.verify", BAD);
      assertThat(status("b")).isEqualTo("pending");
      assertThat(commands).anyMatch(c -> c instanceof RunCommand.Call);
      tell(new RunEvent.Called(now, "escalate", "esc_1", now.plusSeconds(60)));
      assertThat(performs("report")).as("the ticket does not wait for the human").isTrue();
      tell(new RunEvent.Answered(now, "a", false, ANA, "log says it never came"));
      assertThat(commands).contains(new RunCommand.Propose("b"));
    }

    @Test
    void idempotent_isRunAgain_underANewIntent_andNotForEver() {
      start(runbook(List.of(), List.of(rung("a").idempotent().build()), null, List.of()));
      admit("a");
      tell(new RunEvent.Recovered(now));
      assertThat(status("a")).isEqualTo("waiting");
      wake("a", Duration.ZERO);
      admit("a");
      ends("a", LOST);
      assertThat(status("a")).isEqualTo("unknown");
    }

    @Test
    void nobodyAnswers_endsAfterADay_withoutAnotherFix() {
      start(
          runbook(
              List.of(),
              List.of(rung("a").verify(null).build(), rung("b").build()),
              null,
              List.of()));
      admit("a");
      ends("a", LOST);
      assertThat(run.status()).isEqualTo(RunStatus.WAITING);
      wake("a", Duration.ofHours(24));
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(status("b")).isEqualTo("skipped");
    }

    @Test
    void interruptedUndo_isUnknown() {
      start(runbook(List.of(), List.of(rung("a").undo().build()), null, List.of()));
      admit("a");
      ends("a", OK);
      now = now.plusSeconds(11);
      ends("a.verify", BAD);
      admit("a.undo");
      tell(new RunEvent.Recovered(now));
      assertThat(status("a.undo")).isEqualTo("unknown");
      assertThat(performs("a.undo")).isFalse();
    }
  }

  @Nested
  class Humans {
    @Test
    void cancel_withdrawsEverything_andNothingActsAgain() {
      start(
          runbook(
              List.of(step("a"), step("b", "a")),
              List.of(rung("fix").build()),
              new Escalate("oncall", null),
              List.of(step("report"))));
      tell(new RunEvent.Cancelled(now, ANA, "wrong host"));
      assertThat(commands).contains(new RunCommand.Abort("a"));
      assertThat(status("fix")).isEqualTo("cancelled");
      assertThat(commands).noneMatch(c -> c instanceof RunCommand.Propose);
      assertThat(commands).noneMatch(c -> c instanceof RunCommand.Call);
      ends("report", OK);
      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void cancelDuringAChange_recordsItsEnd_andStopsThere() {
      start(
          runbook(
              List.of(), List.of(rung("a").undo().build(), rung("b").build()), null, List.of()));
      admit("a");
      tell(new RunEvent.Cancelled(now, ANA, "stop"));
      assertThat(status("a")).isEqualTo("running");
      ends("a", OK);
      assertThat(status("a")).isEqualTo("succeeded");
      assertThat(commands).noneMatch(c -> c instanceof RunCommand.Propose);
      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void pause_beginsNothingNew_resumeGoesOn() {
      start(runbook(List.of(step("a")), List.of(rung("fix").build()), null, List.of()));
      tell(new RunEvent.Paused(now, ANA, "let me look"));
      ends("a", OK);
      assertThat(commands).allMatch(c -> c instanceof RunCommand.Wake);
      assertThat(run.status()).isEqualTo(RunStatus.WAITING);
      tell(new RunEvent.Resumed(now, ANA));
      assertThat(commands).contains(new RunCommand.Propose("fix"));
    }

    @Test
    void gateHeldWhilePaused_isLookedAtOnResume() {
      start(runbook(List.of(), List.of(rung("fix").build()), null, List.of()));
      hold("fix", WaitFor.GATE, "gate_1");
      tell(new RunEvent.Paused(now, ANA, "let me look"));
      wake("fix", Duration.ofHours(1));
      assertThat(status("fix")).isEqualTo("waiting");
      tell(new RunEvent.Resumed(now, ANA));
      assertThat(commands).contains(new RunCommand.Wake("fix", now));
    }

    @Test
    void alertResolves_withdrawsPendingChanges_andVoidsTheirGate() {
      start(
          runbook(
              List.of(), List.of(rung("fix").build()), new Escalate("oncall", null), List.of()));
      hold("fix", WaitFor.GATE, "gate_1");
      tell(new RunEvent.AlertResolved(now));
      assertThat(commands)
          .anyMatch(c -> c instanceof RunCommand.Void gate && gate.gate().equals("gate_1"));
      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void alertResolvesDuringAChange_theChangeIsProvenAllTheSame() {
      start(runbook(List.of(), List.of(rung("a").build(), rung("b").build()), null, List.of()));
      admit("a");
      tell(new RunEvent.AlertResolved(now));
      ends("a", OK);
      ends("a.verify", OK);
      assertThat(run.status()).isEqualTo(RunStatus.MITIGATED);
    }

    @Test
    void nobodyAcknowledges_fails() {
      start(
          runbook(
              List.of(step("a")),
              List.of(rung("fix").build()),
              new Escalate("oncall", null),
              List.of()));
      ends("a", OK);
      tell(new RunEvent.Refused(now, "fix", new Reason("out-of-scope", "not ours")));
      tell(new RunEvent.Called(now, "escalate", "esc_1", now.plusSeconds(60)));
      tell(new RunEvent.Unanswered(now, "escalate", new Reason("unanswered", "nobody")));
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    private void hold(String step, WaitFor what, String ref) {
      tell(
          new RunEvent.Held(
              now, step, what, now, now.plusSeconds(900), ref, new Reason("asked", "asks ana")));
    }
  }

  @Test
  void endedRun_isMovedByNothing() {
    start(runbook(List.of(), List.of(), null, List.of()));
    Run before = run;
    tell(new RunEvent.Cancelled(now, ANA, "late"));
    tell(new RunEvent.Recovered(now));
    assertThat(run).isSameAs(before);
  }
}
