package dev.firebreak.postmortem;

import static dev.firebreak.postmortem.Tale.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.firebreak.run.JournalEntry;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private static Optional<Instant> at(int second) {
    return Optional.of(NOON.plusSeconds(second));
  }

  @Test
  void moments_ofOneVerifiedRestart_areAllThere() {
    assertThat(Tale.oneRestart().told().moments())
        .isEqualTo(new Moments(at(0), at(2), at(4), at(6), at(8), at(14), at(90)));
  }

  @Test
  void moments_ofAnEmptyJournal_areAllAbsent() {
    Chronicle nothing = Chronicle.of(Optional.empty(), List.of());
    assertThat(nothing.moments().named().values()).containsOnly(Optional.empty());
    assertThat(nothing.doubts()).isEmpty();
  }

  @Test
  void moments_whenTheFirstFixDidNotVerify_nameTheOneThatDid() {
    Moments moments =
        new Tale()
            .intent(1, "reload", "redis/a")
            .step(2, "change", "reload", "succeeded")
            .step(3, "verify", "reload.verify", "failed")
            .intent(4, "restart", "redis/a")
            .step(5, "change", "restart", "succeeded")
            .step(6, "verify", "restart.verify", "succeeded")
            .told()
            .moments();
    assertThat(moments.decided()).isEqualTo(at(1));
    assertThat(moments.fixed()).isEqualTo(at(5));
    assertThat(moments.verified()).isEqualTo(at(6));
  }

  @Test
  void moments_whenNothingVerified_haveNoFix() {
    Moments moments =
        new Tale()
            .intent(1, "restart", "redis/a")
            .step(2, "change", "restart", "succeeded")
            .step(3, "verify", "restart.verify", "failed")
            .told()
            .moments();
    assertThat(moments.fixed()).isEmpty();
    assertThat(moments.verified()).isEmpty();
  }

  @Test
  void moments_whenHumansWereAsked_decideWhenAsked() {
    Moments moments =
        new Tale()
            .gate(3, "gate.opened", "gate_1", "asks team-cache")
            .gate(9, "gate.approved", "gate_1", "approved")
            .intent(9, "restart", "redis/a")
            .told()
            .moments();
    assertThat(moments.decided()).isEqualTo(at(3));
  }

  @Test
  void moments_whenADiagnosticWasSkipped_doNotCountIt() {
    assertThat(new Tale().step(1, "diagnose", "ping", "skipped").told().moments().diagnosed())
        .isEmpty();
  }

  @Test
  void moments_whenAnotherRunsProofHeld_takeThatRunsFix() {
    Moments moments =
        new Tale()
            .step(1, "change", "restart", "succeeded")
            .run("run_2")
            .step(2, "change", "restart", "succeeded")
            .run("run_1")
            .step(3, "verify", "restart.verify", "succeeded")
            .told()
            .moments();
    assertThat(moments.fixed()).isEqualTo(at(1));
  }

  @Test
  void changes_tellOutcomeProofAndUndo() {
    List<Change> changes =
        new Tale()
            .intent(1, "scale", "deploy/api", "deploy/web")
            .step(2, "change", "scale", "succeeded")
            .step(3, "verify", "scale.verify", "failed")
            .intent(4, "scale.undo", "deploy/api", "deploy/web")
            .step(5, "undo", "scale.undo", "succeeded")
            .told()
            .changes();
    assertThat(changes)
        .containsExactly(
            new Change(
                "run_1",
                "scale",
                List.of("deploy/api", "deploy/web"),
                NOON.plusSeconds(1),
                "",
                "scale succeeded",
                "scale.verify failed",
                "scale.undo succeeded",
                false));
  }

  @Test
  void changes_whenRetried_areOneEach() {
    List<Change> changes =
        new Tale()
            .intent(1, "restart", "redis/a")
            .step(2, "change", "restart", "failed")
            .intent(3, "restart", "redis/a")
            .step(4, "change", "restart", "succeeded")
            .step(5, "verify", "restart.verify", "succeeded")
            .told()
            .changes();
    assertThat(changes)
        .extracting(Change::outcome)
        .containsExactly("restart failed", "restart succeeded");
    assertThat(changes).extracting(Change::verified).containsExactly(false, true);
  }

  @Test
  void changes_whenTheNodeDied_haveNoOutcome() {
    Chronicle chronicle = new Tale().intent(1, "restart", "redis/a").told();
    assertThat(chronicle.changes().getFirst().outcome()).isEqualTo("no outcome is on record");
    assertThat(chronicle.doubts())
        .singleElement()
        .asString()
        .contains("'restart' was not verified");
  }

  @Test
  void questions_tellVotesAndAnswer() {
    Chronicle chronicle =
        new Tale()
            .gate(1, "gate.opened", "gate_1", "asks team-cache")
            .gate(2, "gate.walked", "gate_1", "now asks ops")
            .gate(3, "gate.vote", "gate_1", "ana rejects: too late")
            .gate(3, "gate.rejected", "gate_1", "rejected")
            .gate(4, "gate.opened", "gate_2", "asks ops")
            .gate(5, "gate.expired", "gate_2", "nobody decided")
            .gate(6, "gate.opened", "gate_3", "asks ops again")
            .told();
    assertThat(chronicle.questions())
        .extracting(Question::answer)
        .containsExactly("rejected", "expired", "open");
    assertThat(chronicle.questions().getFirst().votes()).containsExactly("ana rejects: too late");
    assertThat(chronicle.doubts()).singleElement().asString().contains("Nobody answered");
  }

  @Test
  void refusedCallsPeopleAndUndelivered_areSortedByKind() {
    Chronicle chronicle =
        new Tale()
            .line(1, "guard.denied", "restart", "limit reached", Map.of())
            .line(2, "guard.held", "restart", "automation is off", Map.of())
            .line(3, "guard.asked", "restart", "limit", Map.of())
            .line(4, "escalation.called", "escalate", "calls ana", Map.of())
            .line(5, "escalation.exhausted", "escalate", "nobody came", Map.of())
            .person(6, "ana", "note.added", "I look at it")
            .line(7, "machine:ci", "note.added", null, "deployed", Map.of())
            .event(8, "message.given-up", "mail to ana was given up")
            .told();
    assertThat(chronicle.refused())
        .extracting(Line::text)
        .containsExactly("limit reached", "automation is off");
    assertThat(chronicle.calls()).hasSize(2);
    assertThat(chronicle.people()).extracting(Line::name).containsExactly("ana");
    assertThat(chronicle.undelivered()).hasSize(1);
    assertThat(chronicle.doubts())
        .anyMatch(doubt -> doubt.contains("limit reached"))
        .anyMatch(doubt -> doubt.contains("nobody came"))
        .anyMatch(doubt -> doubt.contains("mail to ana"));
  }

  @Test
  void doubts_whenOneTargetWasChangedAgainAndAgain_askForTheHiddenCause() {
    Tale tale = new Tale();
    for (int i = 0; i < 3; i++) {
      tale.run("run_" + i)
          .intent(10 * i, "restart", "redis/a")
          .step(10 * i + 1, "change", "restart", "succeeded")
          .step(10 * i + 2, "verify", "restart.verify", "succeeded");
    }
    assertThat(tale.told().doubts())
        .containsExactly("redis/a was changed 3 times: which hidden cause came back?");
  }

  @Test
  void doubts_whenAStepIsUnknown_askWhatHappened() {
    assertThat(new Tale().step(1, "change", "restart", "unknown").told().doubts())
        .singleElement()
        .asString()
        .contains("What really happened");
  }

  @Test
  void tickets_areTheLatestOfEachSystem() {
    Chronicle chronicle =
        Tale.oneRestart()
            .line(99, "ticket.opened", "s", "again", Map.of("system", "redmine", "ref", "8"))
            .line(99, "ticket.opened", "s", "other", Map.of("system", "file", "ref", "x"))
            .told();
    assertThat(chronicle.tickets().values())
        .extracting(line -> line.value("ref"))
        .containsExactly("x", "8");
  }

  @Test
  void lines_whoseDataIsMissingOrBroken_stillTellWhatTheySay() {
    JournalEntry broken =
        JournalEntry.chain(
            new JournalEntry.Note(
                "inc_1", NOON, "system:x", "intent.committed", null, null, "did it", Map.of()),
            1,
            "{broken",
            JournalEntry.GENESIS);
    Chronicle chronicle =
        Chronicle.of(Optional.empty(), List.of(Line.of(broken, new ObjectMapper())));
    assertThat(chronicle.lines()).extracting(Line::text).containsExactly("did it");
    assertThat(chronicle.changes().getFirst().targets()).isEmpty();
  }

  @Test
  void tenTimesTheChanges_costTenTimesAsMuch() {
    long unused = cost(500);
    assertThat(cost(5_000) / 10.0).isLessThan(cost(500) * 1.5);
  }

  /** Bytes that are needed to tell of so many changes, each with its outcome and its proof. */
  private static long cost(int changes) {
    Tale tale = new Tale();
    for (int i = 0; i < changes; i++) {
      String step = "all/each[" + i + "]";
      tale.intent(i, step, "host/" + i)
          .step(i, "change", step, "succeeded")
          .step(i, "verify", step + ".verify", "succeeded");
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThat(tale.told().changes()).hasSize(changes).allMatch(Change::verified);
    return thread.getCurrentThreadAllocatedBytes() - before;
  }
}
