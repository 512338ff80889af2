package dev.firebreak.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Actor;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.RunbookLoader;
import dev.firebreak.runbook.RunbookVocabularies;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No change is decided on by evidence that is older than its limit. */
class FreshnessOnStageTest {
  private static final String HEAD =
      """
      runbook: queue-stuck
      owner: ops
      on: {alert: alert.severity == 'critical', incident: key}
      evidence: {max_age: 10m}
      """;
  private static final String DIAGNOSE =
      """
      diagnose:
        - {id: depth, http: {url: "http://broker/depth"}, retry: {attempts: 2}}
        - {id: other, http: {url: "http://broker/other"}}
      """;
  private static final String RUNG =
      """
      remediate:
        - id: fix
          when: steps.depth.ok && steps.depth.output.waiting > 1000
          target: "host/{{steps.depth.output.worker}}"
          limit: {max: 5, per: 1d}
          do: {http: {url: "http://broker/restart", method: POST}}
          idempotent: true
          verify: {http: {url: "http://broker/depth"}}
          undo: null
      """;
  private static final String ASKS = "    approve: {by: [ana, bob], quorum: 2, within: 1h}\n";
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @SuppressWarnings("NullAway.Init")
  private String run;

  @AfterEach
  void close() {
    stage.close();
  }

  private void play(String text, Map<String, List<Stub>> stubs) {
    Loaded loaded = new RunbookLoader(RunbookVocabularies.real()).load("test.yml", text);
    assertThat(loaded.runbook()).as("%s", loaded.problems()).isNotNull();
    Runbook book = Objects.requireNonNull(loaded.runbook());
    stage =
        new Stage(Database.inMemory(UUID.randomUUID().toString()), book, stubs, SETTINGS, folder);
    run = stage.fire(book, alert(), "key");
    stage.settle();
  }

  private static Alert alert() {
    return new Alert(
        "test",
        "f",
        Alert.Status.FIRING,
        VirtualTime.START,
        null,
        Map.of(),
        Map.of(),
        "critical",
        "the queue is stuck",
        null);
  }

  private static Stub found(int waiting, String worker) {
    return new Stub(How.OK, "", Map.of("waiting", waiting, "worker", worker), Duration.ZERO);
  }

  private static final Stub STUCK = found(5000, "w1");
  private static final Stub WELL = found(3, "w1");
  private static final Stub REFUSED = new Stub(How.FAILED, "refused", Map.of(), Duration.ZERO);

  private void advance(Duration by) {
    Instant until = stage.time().instant().plus(by);
    while (stage.time().instant().isBefore(until)) {
      assertThat(stage.advance(Optional.of(until))).isTrue();
    }
  }

  private Gate gate() {
    assertThat(stage.openGates()).hasSize(1);
    return stage.openGates().getFirst();
  }

  private void approve(Gate gate, String who) {
    stage.orders().approve(gate.id(), gate.planHash(), who, Set.of(), "go").join();
    stage.settle();
  }

  private void approveAll() {
    Gate gate = gate();
    approve(gate, "ana");
    approve(gate, "bob");
  }

  private List<Intent> intents() {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run));
  }

  private int attempts(String step) {
    return stage.run(run).step(step).attempt();
  }

  private String state(String step) {
    return stage.run(run).step(step).state().toString();
  }

  private List<String> told(String kind) {
    String incident = stage.run(run).incidentId();
    return stage.read(tx -> stage.database().journal().read(tx, incident, 0, 9999)).stream()
        .filter(entry -> entry.kind().equals(kind))
        .map(JournalEntry::text)
        .toList();
  }

  @Test
  void allIsWellWhenItIsApproved_nothingIsChanged() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK, WELL)));
    advance(Duration.ofMinutes(5));
    approve(gate(), "ana");
    assertThat(attempts("depth")).isOne();
    Gate gate = gate();
    advance(Duration.ofMinutes(35));
    approve(gate, "bob");
    assertThat(intents()).isEmpty();
    assertThat(state("fix")).contains("SKIPPED").contains("no longer needed");
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(told("evidence.outdated"))
        .containsExactly(
            "fix waits: what depth found at 2026-01-05T12:00:00Z is 40m old, more than 10m:"
                + " gathered again");
    assertThat(attempts("depth")).isEqualTo(2);
    assertThat(attempts("other")).isOne();
  }

  @Test
  void theSameIsFound_theApprovalStands_andNobodyIsAskedTwice() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK)));
    Gate gate = gate();
    advance(Duration.ofMinutes(40));
    approve(gate, "ana");
    approve(gate, "bob");
    assertThat(attempts("depth")).isEqualTo(2);
    assertThat(intents()).extracting(Intent::gate).containsExactly(gate.id());
    assertThat(told("gate.opened")).hasSize(1);
  }

  @Test
  void anotherPlanComesOfIt_theApprovalIsVoid() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK, found(5000, "w2"))));
    advance(Duration.ofMinutes(5));
    Gate old = gate();
    approve(old, "ana");
    advance(Duration.ofMinutes(10));
    approve(old, "bob");
    assertThat(intents()).isEmpty();
    Gate gate = gate();
    assertThat(gate.question()).contains("host/w2");
    approveAll();
    assertThat(intents()).extracting(Intent::targets).containsExactly(List.of("host/w2"));
  }

  @Test
  void nobodyNeedsToDecideAnyMore_theQuestionIsWithdrawn() {
    String walks = "    approve: {by: [ana], within: 20m, then: [[bob]]}\n";
    play(HEAD + DIAGNOSE + RUNG + walks, Map.of("depth", List.of(STUCK, WELL)));
    advance(Duration.ofMinutes(20));
    assertThat(stage.openGates()).isEmpty();
    assertThat(told("gate.void").getFirst()).contains("no longer needed");
  }

  @Test
  void rejection_isFinal_whateverWouldBeFound() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK, WELL)));
    advance(Duration.ofMinutes(40));
    Gate gate = gate();
    stage.orders().reject(gate.id(), gate.planHash(), "ana", Set.of(), "no").join();
    stage.settle();
    assertThat(state("fix")).contains("gate-rejected");
    assertThat(attempts("depth")).isOne();
  }

  @Test
  void never_meansNever_andARungSaysItForItself() {
    String never = RUNG + "    evidence: {max_age: never}\n" + ASKS;
    play(HEAD + DIAGNOSE + never, Map.of("depth", List.of(STUCK, WELL)));
    advance(Duration.ofMinutes(50));
    approveAll();
    assertThat(intents()).hasSize(1);
    assertThat(attempts("depth")).isOne();
  }

  @Test
  void gathering_hasAllItsTries() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK, REFUSED, STUCK)));
    advance(Duration.ofMinutes(40));
    approveAll();
    advance(Duration.ofMinutes(1));
    assertThat(attempts("depth")).isEqualTo(3);
    assertThat(intents()).hasSize(1);
  }

  @Test
  void gatheringFails_theConditionDecidesAsAlways() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK, REFUSED)));
    advance(Duration.ofMinutes(40));
    approveAll();
    advance(Duration.ofMinutes(1));
    assertThat(attempts("depth")).isEqualTo(3);
    assertThat(intents()).isEmpty();
    assertThat(state("fix")).contains("SKIPPED").contains("no longer needed");
  }

  @Test
  void gatheringLastsLongerThanItsLimit_isDoneOnce() {
    Stub slow =
        new Stub(How.OK, "", Map.of("waiting", 5000, "worker", "w1"), Duration.ofMinutes(20));
    String diagnose =
        """
        diagnose:
          - {id: depth, http: {url: "http://broker/depth"}, timeout: 1h}
          - {id: quick, http: {url: "http://broker/quick"}}
        """;
    String rung = RUNG.replace("steps.depth.ok &&", "steps.depth.ok && steps.quick.ok &&");
    play(HEAD + diagnose + rung, Map.of("depth", List.of(slow)));
    advance(Duration.ofMinutes(21));
    assertThat(intents()).isEmpty();
    assertThat(attempts("quick")).isEqualTo(2);
    advance(Duration.ofMinutes(20));
    assertThat(intents()).hasSize(1);
    assertThat(attempts("depth")).isEqualTo(2);
  }

  @Test
  void pausedRun_looksAgainBeforeItsFirstChange() {
    Stub slow =
        new Stub(How.OK, "", Map.of("waiting", 5000, "worker", "w1"), Duration.ofSeconds(5));
    play(HEAD + DIAGNOSE + RUNG, Map.of("depth", List.of(slow, WELL)));
    stage.orders().pause(run, Actor.person("ana"), "let me look").join();
    advance(Duration.ofMinutes(40));
    stage.orders().resume(run, Actor.person("ana")).join();
    stage.settle();
    assertThat(intents()).isEmpty();
    assertThat(attempts("depth")).isEqualTo(2);
    assertThat(state("fix")).contains("SKIPPED");
  }

  @Test
  void afterAFreeze_itLooksAgain() {
    play(HEAD + DIAGNOSE + RUNG + ASKS, Map.of("depth", List.of(STUCK)));
    Instant now = stage.time().instant();
    Freeze freeze =
        new Freeze(
            "frz_1",
            "quarter end",
            "the books are closed",
            "finance",
            new Span(
                now.atOffset(ZoneOffset.UTC).toLocalDateTime(),
                now.plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC).toLocalDateTime(),
                ZoneOffset.UTC,
                null),
            Freeze.Mode.HOLD,
            null,
            "person:ana",
            now,
            null);
    stage.write(
        tx -> {
          stage.database().freezes().add(tx, freeze);
          return true;
        });
    approveAll();
    assertThat(intents()).isEmpty();
    advance(Duration.ofMinutes(121));
    assertThat(intents()).hasSize(1);
    assertThat(attempts("depth")).isEqualTo(2);
  }

  @Test
  void haltedChangeThatIsTriedAgainByHand_looksAgain() {
    Automation off = new Automation(Automation.Mode.OFF, "deploy", "ana", VirtualTime.START, null);
    Stub slow =
        new Stub(How.OK, "", Map.of("waiting", 5000, "worker", "w1"), Duration.ofSeconds(5));
    play(HEAD + DIAGNOSE + RUNG + "escalate: {to: oncall}\n", Map.of("depth", List.of(slow, WELL)));
    stage.orders().automate(off).join();
    advance(Duration.ofMinutes(40));
    assertThat(state("fix")).contains("automation");
    stage
        .orders()
        .automate(new Automation(Automation.Mode.ON, "", "ana", VirtualTime.START, null))
        .join();
    stage.orders().retry(run, "fix", Actor.person("ana"), "the deploy is over").join();
    stage.settle();
    assertThat(intents()).isEmpty();
    assertThat(attempts("depth")).isEqualTo(2);
    assertThat(state("fix")).contains("SKIPPED");
  }

  @Test
  void secondRungAfterALongFirst_looksAgain_alsoForANo() {
    String second =
        """
          - id: harder
            when: steps.depth.output.waiting > 9000
            target: host/a
            limit: {max: 5, per: 1d}
            do: {http: {url: "http://broker/reset", method: POST}}
            idempotent: true
            verify: {http: {url: "http://broker/depth"}}
            undo: null
        """;
    String first =
        RUNG.replace(
            "verify: {http: {url: \"http://broker/depth\"}}",
            "verify: {http: {url: \"http://broker/depth\"}, within: 30m, every: 1m}");
    play(
        HEAD + DIAGNOSE + first + second,
        Map.of("depth", List.of(STUCK, found(10000, "w1")), "fix.verify", List.of(REFUSED)));
    advance(Duration.ofMinutes(32));
    assertThat(intents()).extracting(Intent::step).containsExactly("fix", "harder");
  }

  private static final String SEVERAL =
      """
      remediate:
        - id: move
          when: steps.depth.output.waiting > 1000
          target: host/a
          limit: {max: 500, per: 1d}
          verify: {http: {url: "http://broker/depth"}}
          steps:
            - {id: ready, wait: {signal: ready, within: 2h}}
            - id: drain
              needs: [ready]
              http: {url: "http://broker/drain", method: POST}
              idempotent: true
              undo: null
            - id: again
              needs: [drain]
              wait: {signal: again, within: 2h}
            - id: fill
              needs: [again]
              http: {url: "http://broker/fill/{{steps.depth.output.worker}}", method: POST}
              idempotent: true
              undo: null
      """;

  private void signal(String name) {
    stage.orders().signal(run, name, null, Map.of(), Actor.person("ana")).join();
    stage.settle();
  }

  @Test
  void rungOfSeveralSteps_isNeededNoLongerBeforeItsFirstChange_isSkipped() {
    play(HEAD + DIAGNOSE + SEVERAL, Map.of("depth", List.of(STUCK, WELL)));
    advance(Duration.ofMinutes(40));
    signal("ready");
    assertThat(intents()).isEmpty();
    assertThat(state("move")).contains("SKIPPED").contains("no longer needed");
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void rungThatHasChangedSomething_goesOnByNewEvidence_whateverItsConditionSays() {
    play(HEAD + DIAGNOSE + SEVERAL, Map.of("depth", List.of(STUCK, WELL)));
    signal("ready");
    assertThat(intents()).hasSize(1);
    advance(Duration.ofMinutes(40));
    signal("again");
    assertThat(intents()).hasSize(2);
    assertThat(attempts("depth")).isEqualTo(2);
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void longList_isGatheredForOnlyWhenItGrewOld() {
    String rung =
        """
        remediate:
          - id: move
            target: host/a
            limit: {max: 500, per: 1d}
            verify: {http: {url: "http://broker/depth"}}
            steps:
              - id: each
                foreach: {in: "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", as: item, concurrency: 2, stop_after: 1}
                http: {url: "http://broker/{{steps.depth.output.worker}}/{{item}}", method: POST}
                timeout: 10m
                idempotent: true
                undo: null
        """;
    Stub slow = new Stub(How.OK, "", Map.of(), Duration.ofMinutes(4));
    play(HEAD + DIAGNOSE + rung, Map.of("depth", List.of(STUCK), "move/each", List.of(slow)));
    advance(Duration.ofMinutes(21));
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(intents()).hasSize(10);
    assertThat(attempts("depth")).isEqualTo(2);
  }
}
