package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Actor;
import dev.firebreak.fixtures.Written;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.Rung;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A freeze binds every way in, and leaves alone what it does not mean. */
class FreezesOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  @TempDir Path folder;
  private int frozen;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private void play(Map<String, List<Stub>> stubs, Rung... rungs) {
    var book = runbook(List.of(), List.of(rungs), new Escalate("oncall", null), List.of());
    stage =
        new Stage(Database.inMemory(UUID.randomUUID().toString()), book, stubs, SETTINGS, folder);
    fireWith = () -> stage.fire(book, alert(), "key");
  }

  @SuppressWarnings("NullAway.Init")
  private java.util.function.Supplier<String> fireWith;

  private static Alert alert() {
    return new Alert(
        "test",
        "f",
        Alert.Status.FIRING,
        VirtualTime.START,
        null,
        Map.of("env", "prod"),
        Map.of(),
        "critical",
        "something broke",
        null);
  }

  private String fire() {
    String run = fireWith.get();
    stage.settle();
    return run;
  }

  private Freeze freeze(Freeze.Mode mode, @Nullable String scope, Duration lasts) {
    Instant now = stage.time().instant();
    Freeze freeze =
        new Freeze(
            "frz_" + frozen++,
            "quarter end",
            "the books are closed",
            "team-finance",
            new Span(
                now.atOffset(ZoneOffset.UTC).toLocalDateTime(),
                now.plus(lasts).atOffset(ZoneOffset.UTC).toLocalDateTime(),
                ZoneOffset.UTC,
                null),
            mode,
            scope,
            "person:ana",
            now,
            null);
    stage.write(
        tx -> {
          stage.database().freezes().add(tx, freeze);
          return true;
        });
    return freeze;
  }

  private Freeze deny() {
    return freeze(Freeze.Mode.DENY, null, Duration.ofHours(2));
  }

  private void advance(Duration by) {
    Instant until = stage.time().instant().plus(by);
    while (stage.time().instant().isBefore(until)) {
      assertThat(stage.advance(Optional.of(until))).isTrue();
    }
  }

  private List<Intent> intents(String run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run));
  }

  private String state(String run, String step) {
    return stage.run(run).step(step).state().toString();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void alert_isRefused_withASentenceThatSaysTheWayAround() {
    play(Map.of(), rung("fix").build());
    Freeze freeze = deny();
    String run = fire();
    assertThat(intents(run)).isEmpty();
    assertThat(state(run, "fix"))
        .contains("frozen")
        .contains("'quarter end' holds until 2026-")
        .contains("the books are closed (team-finance answers for it)")
        .contains("DELETE /api/v1/freezes/" + freeze.id());
    assertThat(journal(run)).contains("guard.denied");
  }

  private List<String> journal(String run) {
    Run found = stage.run(run);
    return stage
        .read(tx -> stage.database().journal().read(tx, found.incidentId(), 0, 999))
        .stream()
        .map(entry -> entry.kind())
        .toList();
  }

  @Test
  void afterItsEnd_changesAreMade() {
    play(Map.of(), rung("fix").build());
    deny();
    stage.time().advanceTo(stage.time().instant().plus(Duration.ofHours(2)));
    assertThat(stage.run(fire()).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void endedEarly_changesAreMade() {
    play(Map.of(), rung("fix").build());
    Freeze freeze = deny();
    stage.write(
        tx ->
            stage
                .database()
                .freezes()
                .end(tx, freeze.id(), new Freeze.End("person:ana", freeze.at(), "done")));
    assertThat(stage.run(fire()).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void approvalGivenInAFreeze_opensNothing() {
    Approve approve =
        new Approve(
            null,
            List.of("ana"),
            1,
            Duration.ofMinutes(15),
            Duration.ZERO,
            false,
            List.of(),
            List.of());
    play(Map.of(), rung("fix").approve(approve).build());
    String run = fire();
    Gate gate = stage.openGates().getFirst();
    deny();
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "go").join();
    stage.settle();
    assertThat(intents(run)).isEmpty();
    assertThat(state(run, "fix")).contains("frozen");
  }

  @Test
  void retryByHandInAFreeze_isRefused() {
    play(
        Map.of("fix", List.of(new Stub(How.FAILED, "no", Map.of(), Duration.ZERO))),
        rung("fix").build());
    String run = fire();
    advance(Duration.ofSeconds(20));
    deny();
    stage.orders().retry(run, "fix", Actor.person("ana"), "once more").join();
    stage.settle();
    assertThat(intents(run)).hasSize(1);
    assertThat(state(run, "fix")).contains("frozen");
  }

  @Test
  void changeMadeBeforeTheFreeze_isTakenBackInIt() {
    play(
        Map.of(
            "fix", List.of(new Stub(How.OK, "", Map.of(), Duration.ofSeconds(30))),
            "fix.verify", List.of(new Stub(How.FAILED, "still down", Map.of(), Duration.ZERO))),
        rung("fix").undo().build());
    String run = fire();
    deny();
    advance(Duration.ofMinutes(2));
    assertThat(intents(run)).extracting(Intent::step).containsExactly("fix", "fix.undo");
    assertThat(intents(run)).extracting(Intent::outcome).containsOnly("succeeded");
  }

  @Test
  void hold_waitsForItsEnd_andThenActs() {
    play(Map.of(), rung("fix").build());
    freeze(Freeze.Mode.HOLD, null, Duration.ofMinutes(30));
    String run = fire();
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.WAITING);
    advance(Duration.ofMinutes(29));
    assertThat(intents(run)).isEmpty();
    advance(Duration.ofMinutes(2));
    assertThat(intents(run)).hasSize(1);
    assertThat(journal(run).stream().filter("guard.held"::equals)).as("told once").hasSize(1);
  }

  @Test
  void ask_asksItsOwner_andAYesAllows() {
    play(Map.of(), rung("fix").build());
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    String run = fire();
    Gate gate = stage.openGates().getFirst();
    assertThat(gate.asked()).containsExactly("team-finance");
    assertThat(gate.why()).contains("quarter end");
    stage.orders().approve(gate.id(), gate.planHash(), "cfo", Set.of("team-finance"), "go").join();
    stage.settle();
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void strictestOfSeveral_decides() {
    play(Map.of(), rung("fix").build());
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    deny();
    freeze(Freeze.Mode.HOLD, null, Duration.ofMinutes(30));
    assertThat(state(fire(), "fix")).contains("frozen").contains("Ended");
  }

  @Test
  void scope_meansOnlyItsChanges() {
    play(Map.of(), rung("fix").build());
    freeze(Freeze.Mode.DENY, "runbook.owner == 'somebody-else'", Duration.ofHours(1));
    freeze(Freeze.Mode.DENY, "target.startsWith('db/')", Duration.ofHours(1));
    freeze(Freeze.Mode.DENY, "alert.labels.env == 'test'", Duration.ofHours(1));
    assertThat(stage.run(fire()).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void scope_isAskedOfRunbookStepTargetAlertTimeAndActor() {
    play(Map.of(), rung("fix").build());
    freeze(
        Freeze.Mode.DENY,
        "runbook.name == 'book' && runbook.owner == 'team' && step.action == 'fix'"
            + " && step.rung == 'fix' && !step.undo && 'host/a' in targets && target == 'host/a'"
            + " && alert.severity == 'critical' && alert.labels.env == 'prod'"
            + " && actor.kind == 'source' && time.hour < 24 && time.weekday in"
            + " ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] && incident.key == 'key'",
        Duration.ofHours(1));
    assertThat(state(fire(), "fix")).contains("frozen");
  }

  @Test
  void scopeThatCannotBeAnswered_meansTheChange_andSaysSo() {
    play(Map.of(), rung("fix").build());
    freeze(Freeze.Mode.DENY, "alert.labels.region == 'eu'", Duration.ofHours(1));
    assertThat(state(fire(), "fix")).contains("cannot be told").contains("region");
  }

  @Test
  void multipleTargets_oneMeantIsEnough() {
    play(Map.of(), rung("fix").targets("host/a", "host/b").build());
    freeze(Freeze.Mode.DENY, "target == 'host/b'", Duration.ofHours(1));
    assertThat(state(fire(), "fix")).contains("frozen");
  }

  @Test
  void diagnosisAndReports_goOn() {
    var book =
        runbook(
            List.of(Written.step("look")),
            List.of(rung("fix").build()),
            null,
            List.of(Written.step("tell")));
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()), book, Map.of(), SETTINGS, folder);
    deny();
    String run = stage.fire(book, alert(), "key");
    stage.settle();
    assertThat(stage.run(run).step("look").attempt()).isEqualTo(1);
    assertThat(stage.run(run).step("tell").attempt()).isEqualTo(1);
  }
}
