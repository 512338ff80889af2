package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static dev.firebreak.fixtures.Written.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.Ordered;
import dev.firebreak.fixtures.Written;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Param;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.Step;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine, guards and gates, on a database in memory. */
class EngineOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));
  private static final Escalate ONCALL = new Escalate("oncall", null);
  private static final Limit ONCE = new Limit(1, Duration.ofHours(1), Limit.Over.ASK);

  @TempDir Path folder;
  private int fired;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @SuppressWarnings("NullAway.Init")
  private Runbook book;

  private void play(Runbook written, GuardSettings settings, Map<String, List<Stub>> stubs) {
    book = written;
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()), written, stubs, settings, folder);
  }

  private void play(Runbook written) {
    play(written, SETTINGS, Map.of());
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static Alert alert(int number, Alert.Status status) {
    return new Alert(
        "test",
        "f" + number,
        status,
        VirtualTime.START,
        null,
        Map.of(),
        Map.of(),
        null,
        "something broke",
        null);
  }

  private String fire() {
    fired++;
    String run = stage.fire(book, alert(fired, Alert.Status.FIRING), "key" + fired);
    stage.settle();
    return run;
  }

  private void advance(Duration by) {
    var until = stage.time().instant().plus(by);
    while (stage.time().instant().isBefore(until)) {
      assertThat(stage.advance(Optional.of(until))).isTrue();
    }
  }

  private List<Intent> intents(String run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run));
  }

  private List<String> journal(Run run) {
    return stage.read(tx -> stage.database().journal().read(tx, run.incidentId(), 0, 1000)).stream()
        .map(JournalEntry::kind)
        .toList();
  }

  private static Approve by(int quorum, List<List<String>> then, String... people) {
    return new Approve(
        Written.when(model -> false),
        List.of(people),
        quorum,
        Duration.ofMinutes(15),
        Duration.ZERO,
        false,
        List.of(),
        then);
  }

  private static Runbook asking(Approve approve) {
    return runbook(
        List.of(step("look")),
        List.of(rung("fix").limit(ONCE).approve(approve).build(), rung("other").build()),
        null,
        List.of());
  }

  private Gate gate() {
    List<Gate> open = stage.openGates();
    assertThat(open).hasSize(1);
    return open.getFirst();
  }

  private CompletableFuture<Gate> approve(Gate gate, String who) {
    return stage.orders().approve(gate.id(), gate.planHash(), who, Set.of(), "looks right");
  }

  @Test
  void fix_isAdmitted_verified_andOnTheRecord() {
    play(runbook(List.of(step("look")), List.of(rung("fix").build()), null, List.of(step("tell"))));
    Run run = stage.run(fire());
    assertThat(run.status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(intents(run.id()))
        .singleElement()
        .extracting(Intent::outcome)
        .isEqualTo("succeeded");
    assertThat(journal(run))
        .containsSubsequence(
            "run.started",
            "step.succeeded",
            "intent.committed",
            "step.running",
            "step.succeeded",
            "run.mitigated");
  }

  @Test
  void limit_holdsOverRuns_thenAsks_andTheApprovalCoversThePlanThatWasShown() {
    play(asking(by(1, List.of(), "ana")));
    assertThat(stage.run(fire()).status()).isEqualTo(RunStatus.MITIGATED);
    String second = fire();
    assertThat(stage.run(second).status()).isEqualTo(RunStatus.WAITING);
    Gate gate = gate();
    assertThat(gate.plan()).containsEntry("targets", List.of("host/a"));
    refused(
        stage.orders().approve(gate.id(), "another plan", "ana", Set.of(), "ok"),
        OrderRefused.Kind.CONFLICT);
    refused(approve(gate, "eve"), OrderRefused.Kind.FORBIDDEN);
    assertThat(approve(gate, "ana").join().status()).isEqualTo(Gate.Status.APPROVED);
    stage.settle();
    assertThat(stage.run(second).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(intents(second)).singleElement().extracting(Intent::gate).isEqualTo(gate.id());
    refused(approve(gate, "ana"), OrderRefused.Kind.GONE);
  }

  @Test
  void quorum_countsDistinctPeople() {
    play(asking(by(2, List.of(), "ana", "ben")));
    fire();
    String second = fire();
    Gate gate = gate();
    assertThat(approve(gate, "ana").join().status()).isEqualTo(Gate.Status.OPEN);
    refused(approve(gate, "ana"), OrderRefused.Kind.CONFLICT);
    assertThat(intents(second)).isEmpty();
    assertThat(approve(gate, "ben").join().status()).isEqualTo(Gate.Status.APPROVED);
  }

  @Test
  void firstRejection_isFinal_andNoOtherRungIsTried() {
    play(asking(by(1, List.of(), "ana", "ben")));
    fire();
    String second = fire();
    Gate gate = gate();
    stage.orders().reject(gate.id(), gate.planHash(), "ben", Set.of(), "not today").join();
    stage.settle();
    refused(approve(gate, "ana"), OrderRefused.Kind.GONE);
    assertThat(stage.run(second).status()).isEqualTo(RunStatus.FAILED);
    assertThat(intents(second)).isEmpty();
  }

  @Test
  void expiredGate_walksToTheNextHuman_andNeverOpens() {
    play(asking(by(1, List.of(List.of("duty")), "ana")));
    fire();
    String second = fire();
    Gate gate = gate();
    advance(Duration.ofMinutes(15));
    assertThat(gate().asked()).containsExactly("ana", "duty");
    assertThat(journal(stage.run(second))).contains("gate.walked");
    advance(Duration.ofMinutes(15));
    assertThat(stage.openGates()).isEmpty();
    assertThat(stage.run(second).status()).isEqualTo(RunStatus.FAILED);
    refused(approve(gate, "duty"), OrderRefused.Kind.GONE);
    assertThat(intents(second)).isEmpty();
  }

  @Test
  void haltedWhileAsked_theApprovalOpensNothing() {
    play(asking(by(1, List.of(), "ana")));
    fire();
    String second = fire();
    Gate gate = gate();
    stage
        .orders()
        .automate(
            new Automation(Automation.Mode.OFF, "bad deploy", "ana", stage.time().instant(), null))
        .join();
    approve(gate, "ana").join();
    stage.settle();
    assertThat(intents(second)).isEmpty();
    assertThat(stage.run(second).step("fix").state().toString()).contains("automation-off");
  }

  @Test
  void haltFile_stopsChanges_notDiagnosis_andHoldsUntilItIsRemoved() throws Exception {
    play(runbook(List.of(step("look")), List.of(rung("fix").build()), null, List.of()));
    java.nio.file.Files.writeString(folder.resolve("HALT"), "ben: stop");
    Run run = stage.run(fire());
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.step("look").attempt()).isEqualTo(1);
    assertThat(intents(run.id())).isEmpty();
    java.nio.file.Files.delete(folder.resolve("HALT"));
    assertThat(stage.run(fire()).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void modeAsk_asksForEveryChange() {
    play(runbook(List.of(), List.of(rung("fix").build()), null, List.of()));
    stage
        .orders()
        .automate(
            new Automation(Automation.Mode.ASK, "new here", "ana", stage.time().instant(), null))
        .join();
    String run = fire();
    assertThat(gate().asked()).containsExactly("@approvers");
    approve(gate(), "anybody").join();
    stage.settle();
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void targetOutsideTheManagedScope_orEmpty_isRefused() {
    play(
        runbook(
            List.of(),
            List.of(
                rung("a").targets("db/main").build(),
                rung("b").targets("host/").build(),
                rung("c").targets("host/a", "").build(),
                rung("d").targets("host/*").build(),
                rung("e").targets("host/..").build()),
            null,
            List.of()));
    Run run = stage.run(fire());
    assertThat(intents(run.id())).isEmpty();
    assertThat(run.step("a").state().toString()).contains("out-of-scope").contains("scope.managed");
    assertThat(run.step("b").state().toString()).contains("empty-target");
    assertThat(run.step("c").state().toString()).contains("empty-target");
    assertThat(run.step("d").state().toString()).contains("empty-target").contains("a wildcard");
    assertThat(run.step("e").state().toString())
        .contains("empty-target")
        .contains("a part of dots");
  }

  @Test
  void cooldown_restsTheSameFixOnTheSameTarget() {
    play(
        runbook(
            List.of(),
            List.of(
                rung("fix")
                    .limit(new Limit(9, Duration.ofHours(1), Limit.Over.REFUSE))
                    .cooldown(Duration.ofMinutes(10))
                    .build()),
            null,
            List.of()));
    fire();
    Run second = stage.run(fire());
    assertThat(second.step("fix").state().toString()).contains("cooldown");
    stage.time().advanceTo(VirtualTime.START.plus(Duration.ofMinutes(10)));
    assertThat(stage.run(fire()).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void runbookLimit_holdsOverAllItsTargets() {
    GuardSettings tight =
        new GuardSettings(
            List.of("**"), new GuardSettings.Window(1, Duration.ofHours(1)), SETTINGS.global());
    play(runbook(List.of(), List.of(rung("fix").build()), null, List.of()), tight, Map.of());
    fire();
    assertThat(stage.run(fire()).step("fix").state().toString()).contains("limit-runbook");
  }

  @Test
  void lock_letsOneRunAtATimeChangeATarget() {
    Map<String, List<Stub>> slow =
        Map.of("fix", List.of(new Stub(How.OK, "", Map.of(), Duration.ofSeconds(30))));
    play(runbook(List.of(), List.of(rung("fix").build()), null, List.of()), SETTINGS, slow);
    String first = fire();
    String second = fire();
    assertThat(intents(second)).isEmpty();
    assertThat(stage.run(second).status()).isEqualTo(RunStatus.WAITING);
    advance(Duration.ofSeconds(29));
    assertThat(intents(second)).isEmpty();
    advance(Duration.ofSeconds(3));
    assertThat(stage.run(first).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(intents(second)).hasSize(1);
  }

  @Test
  void alertThatResolves_withdrawsTheQuestion_andResolvesTheIncident() {
    play(asking(by(1, List.of(), "ana")));
    fire();
    String second = fire();
    Gate gate = gate();
    stage.resolve(stage.run(second), alert(fired, Alert.Status.RESOLVED));
    stage.settle();
    Run run = stage.run(second);
    assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    refused(approve(gate, "ana"), OrderRefused.Kind.GONE);
    assertThat(journal(run)).contains("gate.void", "incident.resolved");
  }

  @Test
  void unknownChange_isAnsweredByAHuman_once() {
    Map<String, List<Stub>> stubs =
        Map.of(
            "fix", List.of(new Stub(How.UNKNOWN, "cut off", Map.of(), Duration.ZERO)),
            "fix.verify", List.of(new Stub(How.FAILED, "still down", Map.of(), Duration.ZERO)));
    play(
        runbook(List.of(), List.of(rung("fix").build()), new Escalate("oncall", null), List.of()),
        SETTINGS,
        stubs);
    String id = fire();
    advance(Duration.ofSeconds(20));
    assertThat(stage.run(id).step("fix").state().status().asText()).isEqualTo("unknown");
    stage.orders().answer(id, "fix", false, Actor.person("ana"), "saw it in the log").join();
    stage.settle();
    assertThat(stage.run(id).step("fix").state().status().asText()).isEqualTo("failed");
    refused(
        stage.orders().answer(id, "fix", true, Actor.person("ana"), "again"),
        OrderRefused.Kind.CONFLICT);
    stage.orders().acknowledge(stage.run(id).incidentId(), Actor.person("ana")).join();
    stage.settle();
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.ESCALATED);
    assertThat(intents(id)).hasSize(1);
  }

  @Test
  void unknownChange_isMadeAgainByHand_loudly_underItsOwnIntent() {
    Map<String, List<Stub>> stubs =
        Map.of(
            "fix",
            List.of(
                new Stub(How.UNKNOWN, "cut off", Map.of(), Duration.ZERO),
                new Stub(How.OK, "", Map.of(), Duration.ZERO)));
    play(
        runbook(List.of(), List.of(rung("fix").verify(null).build()), ONCALL, List.of()),
        SETTINGS,
        stubs);
    String id = fire();
    advance(Duration.ofSeconds(20));
    Actor ana = Actor.person("ana");
    refused(stage.orders().skip(id, "fix", ana, "x"), OrderRefused.Kind.CONFLICT);
    refused(stage.orders().retry(id, "fux", ana, "x"), OrderRefused.Kind.NOT_FOUND);
    stage.orders().retry(id, "fix", ana, "it must be done").join();
    stage.settle();
    Run run = stage.run(id);
    assertThat(run.step("fix").state().status().asText()).isEqualTo("succeeded");
    assertThat(intents(id)).extracting(Intent::outcome).containsExactly("unknown", "succeeded");
    assertThat(intents(id)).extracting(Intent::attempt).containsExactly(1, 2);
    assertThat(journal(run)).containsSubsequence("step.repeated-unknown", "intent.committed");
    refused(stage.orders().retry(id, "fix", ana, "x"), OrderRefused.Kind.CONFLICT);
    stage.orders().skip(id, "escalate", ana, "we know").join();
    stage.settle();
    refused(stage.orders().retry(id, "fix", ana, "x"), OrderRefused.Kind.GONE);
  }

  @Test
  void failedChange_isTriedAgainByHand_withinItsLimits() {
    Map<String, List<Stub>> stubs =
        Map.of("fix", List.of(new Stub(How.FAILED, "no", Map.of(), Duration.ZERO)));
    play(runbook(List.of(), List.of(rung("fix").build()), ONCALL, List.of()), SETTINGS, stubs);
    String id = fire();
    advance(Duration.ofSeconds(20));
    stage.orders().retry(id, "fix", Actor.person("ana"), "once more").join();
    stage.settle();
    assertThat(intents(id)).hasSize(2);
    stage.orders().retry(id, "fix", Actor.person("ana"), "and again").join();
    stage.settle();
    assertThat(intents(id)).as("twice an hour").hasSize(2);
    assertThat(stage.run(id).step("fix").state().toString()).contains("limit");
  }

  @Test
  void callOfALaterRun_forAnIncidentThatSomebodyHas_isAnsweredToo() {
    Map<String, List<Stub>> stubs =
        Map.of("fix", List.of(new Stub(How.FAILED, "no", Map.of(), Duration.ZERO)));
    play(runbook(List.of(), List.of(rung("fix").build()), ONCALL, List.of()), SETTINGS, stubs);
    Actor ana = Actor.person("ana");
    String first = fire();
    answered(first, ana);
    String incident = stage.run(first).incidentId();
    Instant now = stage.time().instant();
    String later =
        stage.write(
            tx -> {
              Incident same = stage.database().incidents().find(tx, incident).orElseThrow();
              return stage.orders().start(tx, same, book, Map.of(), ana, now);
            });
    stage.settle();
    assertThat(later).isNotEqualTo(first);
    answered(later, ana);
  }

  /** Its call is answered once, and cannot be a second time. */
  private void answered(String id, Actor by) {
    advance(Duration.ofSeconds(20));
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.WAITING);
    String incident = stage.run(id).incidentId();
    stage.orders().acknowledge(incident, by).join();
    stage.settle();
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.ESCALATED);
    refused(stage.orders().acknowledge(incident, by), OrderRefused.Kind.CONFLICT);
  }

  private static Step waiting(String id, String... needs) {
    return new Step(
        id,
        id,
        new Call("wait", Map.of(), new BuiltIn.Signal("go", Duration.ofMinutes(10))),
        null,
        List.of(needs),
        Retry.NONE,
        Duration.ofSeconds(10),
        null);
  }

  private CompletableFuture<Ordered> signal(String run, @Nullable String key, int number) {
    return stage.orders().signal(run, "go", key, Map.of("n", number), Actor.person("ana"));
  }

  @Test
  void signals_areKeptUntilAStepWaits_eachForOne_andRepeatsChangeNothing() {
    play(runbook(List.of(waiting("a"), waiting("b", "a")), List.of(), null, List.of()));
    String id = fire();
    for (int again = 0; again < 3; again++) {
      signal(id, "k1", 1).join();
      stage.settle();
    }
    assertThat(stage.run(id).step("a").output()).containsEntry("n", 1);
    assertThat(stage.run(id).step("b").state().status().asText()).isEqualTo("waiting");
    refused(signal(id, "k1", 2), OrderRefused.Kind.CONFLICT);
    signal(id, "k2", 2).join();
    stage.settle();
    Run run = stage.run(id);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.step("b").output()).containsEntry("n", 2);
    assertThat(signal(id, "k2", 2).join().run().status())
        .as("a repeat")
        .isEqualTo(RunStatus.SUCCEEDED);
    refused(signal(id, "k3", 3), OrderRefused.Kind.GONE);
    assertThat(journal(run)).containsSubsequence("signal.sent", "step.succeeded", "signal.sent");
  }

  @Test
  void signals_beforeAnybodyWaits_areKept_andBounded() {
    Step first =
        new Step(
            "first",
            "first",
            new Call("wait", Map.of(), new BuiltIn.Pause(new Param.Literal("1h"))),
            null,
            List.of(),
            Retry.NONE,
            Duration.ofSeconds(10),
            null);
    play(runbook(List.of(first, waiting("a", "first")), List.of(), null, List.of()));
    String id = fire();
    for (int number = 0; number < 100; number++) {
      signal(id, null, number).join();
    }
    refused(signal(id, null, 100), OrderRefused.Kind.CONFLICT);
    advance(Duration.ofHours(1));
    Run run = stage.run(id);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.step("a").output()).containsEntry("n", 0);
  }

  @Test
  void cancelledRun_neverActsAgain_whateverComesLate() {
    play(asking(by(1, List.of(), "ana")));
    fire();
    String second = fire();
    Gate gate = gate();
    stage.orders().cancel(second, Actor.person("ben"), "wrong host").join();
    stage.settle();
    refused(approve(gate, "ana"), OrderRefused.Kind.GONE);
    refused(stage.orders().cancel(second, Actor.person("ben"), "again"), OrderRefused.Kind.GONE);
    assertThat(stage.run(second).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(intents(second)).isEmpty();
  }

  @Test
  void stoppedEngine_decidesNothing_andLeavesTheRunForTheNextStart() {
    play(runbook(List.of(), List.of(rung("fix").build()), null, List.of()));
    stage.engine().stop();
    String id = fire();
    assertThat(intents(id)).isEmpty();
    assertThat(stage.run(id).status().ended()).isFalse();
  }

  private static void refused(CompletableFuture<?> order, OrderRefused.Kind kind) {
    assertThatThrownBy(order::join)
        .hasRootCauseInstanceOf(OrderRefused.class)
        .rootCause()
        .extracting(fault -> ((OrderRefused) fault).kind())
        .isEqualTo(kind);
  }
}
