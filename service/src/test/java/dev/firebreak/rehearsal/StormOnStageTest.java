package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sixth change within ten minutes is one too many: half of twelve within a sixth of an hour.
 */
class StormOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(500, Duration.ofHours(1)),
          new GuardSettings.Window(12, Duration.ofHours(1)));
  private static final int BAND = 6;

  @TempDir Path folder;
  private int fired;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private final Runbook book =
      runbook(List.of(), List.of(rung("fix").limit(null).build()), null, List.of());

  @BeforeEach
  void open() {
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()), book, Map.of(), SETTINGS, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Run fire() {
    fired++;
    Alert alert =
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of(),
            Map.of(),
            null,
            "something broke",
            null);
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return stage.run(run);
  }

  private void fireInPeace(int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      assertThat(fire().status()).isEqualTo(RunStatus.MITIGATED);
      stage.time().advanceTo(stage.time().instant().plus(apart));
    }
  }

  private List<String> news() {
    return stage.read(tx -> stage.database().outbox().due(tx, stage.time().instant(), 99)).stream()
        .filter(entry -> entry.message().key().startsWith("storm/"))
        .map(
            entry ->
                entry.message().payload().get("subject")
                    + ": "
                    + entry.message().payload().get("text"))
        .toList();
  }

  private void look() {
    for (int i = 0; i < 3; i++) {
      stage.storms().look();
      stage.settle();
    }
  }

  @Test
  void people_areToldOnceThatItBegins_andOnceThatItIsOver() {
    fireInPeace(BAND, Duration.ofSeconds(1));
    fire();
    fire();
    look();
    assertThat(news())
        .singleElement()
        .asString()
        .contains("Storm mode: every change asks", "6 changes within 10m", "/automation");
    stage.time().advanceTo(stage.time().instant().plus(Duration.ofSeconds(1)));
    set(Automation.Mode.ON, null);
    look();
    assertThat(news()).hasSize(2);
    assertThat(news().getLast())
        .contains("Storm mode is over", "person:ana set automation to on: calm");
  }

  private Automation automation() {
    return stage.read(tx -> stage.database().automation().read(tx));
  }

  private void set(Automation.Mode mode, @Nullable Instant until) {
    stage
        .orders()
        .automate(new Automation(mode, "calm", "person:ana", stage.time().instant(), until))
        .join();
  }

  private List<Intent> intents(Run run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run.id()));
  }

  @Test
  void moreChangesThanUsual_haveEveryFurtherOneAskAHuman() {
    fireInPeace(BAND, Duration.ofSeconds(1));
    Run storm = fire();
    assertThat(storm.status()).isEqualTo(RunStatus.WAITING);
    assertThat(intents(storm)).isEmpty();
    assertThat(automation().mode()).isEqualTo(Automation.Mode.ASK);
    assertThat(automation().reason()).contains("storm: 6 changes within 10m");
    assertThat(fire().status()).isEqualTo(RunStatus.WAITING);
    assertThat(stage.openGates()).hasSize(2);
    Gate gate = stage.openGates().getFirst();
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "this one").join();
    stage.settle();
    assertThat(stage.run(gate.runId()).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(automation().mode()).as("nobody ended it").isEqualTo(Automation.Mode.ASK);
  }

  @Test
  void sameChanges_overALongerTime_areNoStorm() {
    fireInPeace(BAND * 2 - 1, Duration.ofMinutes(2));
    assertThat(automation().mode()).isEqualTo(Automation.Mode.ON);
  }

  @Test
  void stormThatAHumanEnded_beginsAnewOnlyWithNewChanges() {
    fireInPeace(BAND, Duration.ofSeconds(1));
    fire();
    stage.time().advanceTo(stage.time().instant().plus(Duration.ofSeconds(1)));
    set(Automation.Mode.ON, null);
    assertThat(fire().status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(automation().mode()).isEqualTo(Automation.Mode.ON);
  }

  @Test
  void whatHumansSet_isNotMadeLaxer() {
    fireInPeace(BAND, Duration.ofSeconds(1));
    set(Automation.Mode.OFF, null);
    assertThat(fire().step("fix").state().toString()).contains("automation-off");
    assertThat(automation().mode()).isEqualTo(Automation.Mode.OFF);
  }
}
