package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.engine.Backlog;
import dev.firebreak.fixtures.Backlogs;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange.Choice;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The halt switch, set for a part of automation. */
class HaltsOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  @TempDir Path folder;
  private int fired;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private Runbook book =
      runbook(
          List.of(),
          List.of(rung("fix").limit(null).build()),
          new Escalate("oncall", null),
          List.of());

  @BeforeEach
  void open() {
    open(Map.of());
  }

  private void open(Map<String, List<Stub>> stubs) {
    stage =
        new Stage(Database.inMemory(UUID.randomUUID().toString()), book, stubs, SETTINGS, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static Alert alert(String fingerprint) {
    return new Alert(
        "test",
        fingerprint,
        Alert.Status.FIRING,
        VirtualTime.START,
        null,
        Map.of("service", "checkout"),
        Map.of(),
        null,
        "something broke",
        null);
  }

  private Run fire() {
    fired++;
    String run = stage.fire(book, alert("f" + fired), "key" + fired);
    stage.settle();
    return stage.run(run);
  }

  private void set(Automation.Mode mode, String scope, @Nullable Instant until) {
    stage
        .orders()
        .automate(
            new Automation(
                mode,
                "bad deploy",
                "person:ana",
                stage.time().instant(),
                until,
                HaltScope.parse(scope),
                "team-shop"))
        .join();
  }

  private static String state(Run run) {
    return run.step("fix").state().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "team:team", "service:checkout", "runbook:book", "action:fix"})
  void off_refusesWhatItMeans_andSaysWhoWhyUntilWhenAndTheWayAround(String scope) {
    set(Automation.Mode.OFF, scope, VirtualTime.START.plusSeconds(3600));
    Run run = fire();
    assertThat(state(run))
        .contains("automation-off", "bad deploy", "set by person:ana")
        .contains("until " + VirtualTime.START.plusSeconds(3600), "team-shop answers for it")
        .contains("/automation");
    assertThat(state(run).contains("with scope " + scope)).isEqualTo(!scope.equals("all"));
    stage.time().advanceTo(VirtualTime.START.plusSeconds(3600));
    assertThat(fire().status()).as("its end came").isEqualTo(RunStatus.MITIGATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"team:other", "service:shop", "runbook:other", "action:command"})
  void off_leavesAloneWhatItDoesNotMean(String scope) {
    set(Automation.Mode.OFF, scope, null);
    assertThat(fire().status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void ask_asksOfItsPart_andAYesAllows() {
    set(Automation.Mode.ASK, "runbook:book", null);
    Run run = fire();
    assertThat(run.status()).isEqualTo(RunStatus.WAITING);
    Gate gate = stage.openGates().getFirst();
    assertThat(gate.why()).contains("automation asks first", "runbook book", "bad deploy");
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "go").join();
    stage.settle();
    assertThat(stage.run(run.id()).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void strictestOfWholeAndParts_decides() {
    set(Automation.Mode.ASK, "all", null);
    set(Automation.Mode.OFF, "team:team", null);
    assertThat(state(fire())).contains("automation-off", "team team");
    set(Automation.Mode.ON, "team:team", null);
    assertThat(fire().status()).isEqualTo(RunStatus.WAITING);
  }

  @Test
  void approvalGivenWhileOff_opensNothing() {
    set(Automation.Mode.ASK, "team:team", null);
    Run run = fire();
    Gate gate = stage.openGates().getFirst();
    set(Automation.Mode.OFF, "service:checkout", null);
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "go").join();
    stage.settle();
    assertThat(state(stage.run(run.id()))).contains("automation-off");
    assertThat(intents(run)).isEmpty();
  }

  @Test
  void otherNode_refusesAtOnce_andShowsItAtItsNextLook() {
    Stage other = new Stage(stage.database(), book, Map.of(), SETTINGS, folder);
    set(Automation.Mode.OFF, "team:team", null);
    String run = other.fire(book, alert("there"), "there");
    other.settle();
    assertThat(state(other.run(run))).contains("automation-off");
    assertThat(other.orders().haltedParts()).isEmpty();
    other.orders().lookAtAutomation();
    assertThat(other.orders().haltedParts())
        .extracting(part -> part.scope().asText())
        .containsExactly("team:team");
    set(Automation.Mode.ON, "team:team", null);
    other.orders().lookAtAutomation();
    assertThat(other.orders().haltedParts()).isEmpty();
  }

  @Test
  void retryByHandWhileOff_isRefused() {
    stage.close();
    open(Map.of("fix", List.of(new Stub(How.FAILED, "no", Map.of(), Duration.ZERO))));
    Run run = fire();
    set(Automation.Mode.OFF, "runbook:book", null);
    stage.orders().retry(run.id(), "fix", Actor.person("ana"), "once more").join();
    stage.settle();
    assertThat(intents(run)).hasSize(1);
    assertThat(state(stage.run(run.id()))).contains("automation-off");
  }

  private List<Intent> intents(Run run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run.id()));
  }

  private final List<String> called = new ArrayList<>();

  private Backlog backlog() {
    return Backlogs.of(
        stage.database(),
        stage.orders(),
        OneRunbook.of(book, Map.of()),
        (incident, who, reason, by) -> {
          if (who.equals("nobody")) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("no such person"));
          }
          called.add(who);
          return CompletableFuture.completedFuture(true);
        },
        stage.time());
  }

  private Backlog.Done choose(String scope, Choice choice, int runs, String to) {
    Backlog.Done done =
        backlog()
            .choose(
                new Backlog.Wish(HaltScope.parse(scope), choice, runs, to, "over"),
                Actor.person("root"))
            .join();
    stage.settle();
    return done;
  }

  private List<String> heaps() {
    return backlog().heaps().stream()
        .map(heap -> heap.scope().asText() + " " + heap.runs().size())
        .toList();
  }

  @Test
  void whatWasRefused_pilesUpByScope_andDoesNotGoOnByItself() {
    set(Automation.Mode.OFF, "team:team", null);
    Run first = fire();
    Run second = fire();
    set(Automation.Mode.OFF, "all", null);
    set(Automation.Mode.ON, "team:team", null);
    fire();
    assertThat(heaps()).containsExactly("team:team 2", "all 1");
    set(Automation.Mode.ON, "all", null);
    stage.settle();
    assertThat(heaps()).containsExactly("team:team 2", "all 1");
    assertThat(intents(first)).isEmpty();
    assertThat(intents(second)).isEmpty();
  }

  @Test
  void goOn_triesTheRunsAgain_thatHaveNotEnded() {
    set(Automation.Mode.OFF, "all", null);
    Run run = fire();
    assertThat(stage.run(run.id()).status().ended()).as("it calls people").isFalse();
    set(Automation.Mode.ON, "all", null);
    assertThat(choose("all", Choice.GO_ON, 1, "").followed()).isEqualTo(1);
    assertThat(intents(run)).hasSize(1).extracting(Intent::outcome).containsOnly("succeeded");
    assertThat(heaps()).isEmpty();
  }

  @Test
  void goOn_beginsAnewWhatHasEnded() {
    book = runbook(List.of(), List.of(rung("fix").limit(null).build()), null, List.of());
    stage.close();
    open(Map.of());
    set(Automation.Mode.OFF, "all", null);
    Run run = fire();
    assertThat(stage.run(run.id()).status().ended()).isTrue();
    set(Automation.Mode.ON, "all", null);
    assertThat(choose("all", Choice.GO_ON, 1, "").followed()).isEqualTo(1);
    assertThat(intents(run)).isEmpty();
    List<Run> all =
        stage.read(tx -> stage.database().runs().list(tx, run.incidentId(), null, null, 9));
    assertThat(all).hasSize(2).extracting(Run::status).contains(RunStatus.MITIGATED);
    assertThat(heaps()).isEmpty();
  }

  @Test
  void cancel_cancels_andHandOverCalls() {
    set(Automation.Mode.OFF, "runbook:book", null);
    Run run = fire();
    choose("runbook:book", Choice.CANCEL, 1, "");
    assertThat(stage.run(run.id()).status()).isEqualTo(RunStatus.CANCELLED);
    fire();
    choose("runbook:book", Choice.HAND_OVER, 1, "bo");
    fire();
    choose("runbook:book", Choice.HAND_OVER, 1, "");
    assertThat(called).containsExactly("bo", "team");
    assertThat(heaps()).isEmpty();
  }

  @Test
  void choiceThatCannotBeFollowed_leavesTheRunVisible_andSaysWhy() {
    set(Automation.Mode.OFF, "all", null);
    Run run = fire();
    assertThat(choose("all", Choice.HAND_OVER, 1, "nobody").left())
        .containsEntry(run.id(), "no such person");
    assertThat(heaps()).containsExactly("all 1");
  }

  @Test
  void moreThanWasSeen_orStillOff_changesNothing() {
    set(Automation.Mode.OFF, "all", null);
    Run run = fire();
    assertThatThrownBy(() -> choose("all", Choice.GO_ON, 1, ""))
        .hasMessageContaining("still switched off");
    fire();
    set(Automation.Mode.ON, "all", null);
    assertThatThrownBy(() -> choose("all", Choice.GO_ON, 1, ""))
        .hasMessageContaining("2 runs wait for a choice, not 1");
    assertThat(intents(run)).isEmpty();
  }

  @Test
  void whatHumansDidMeanwhile_isNotAskedAbout() {
    set(Automation.Mode.OFF, "all", null);
    Run retried = fire();
    Run cancelled = fire();
    set(Automation.Mode.ON, "all", null);
    stage.orders().retry(retried.id(), "fix", Actor.person("ana"), "mine").join();
    stage.orders().cancel(cancelled.id(), Actor.person("ana"), "not needed").join();
    stage.settle();
    assertThat(heaps()).isEmpty();
  }

  @Test
  void goOnIntoAFreshHalt_pilesUpAgain() {
    set(Automation.Mode.OFF, "team:team", null);
    fire();
    set(Automation.Mode.ON, "team:team", null);
    set(Automation.Mode.OFF, "action:fix", null);
    choose("team:team", Choice.GO_ON, 1, "");
    assertThat(heaps()).containsExactly("action:fix 1");
  }
}
