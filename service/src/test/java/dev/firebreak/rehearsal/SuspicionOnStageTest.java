package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.fixtures.Heralds;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.guard.breaker.SuspicionGuard;
import dev.firebreak.guard.breaker.SuspicionSettings;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three of ten hosts that alarm within five minutes are too many to believe. */
class SuspicionOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  @TempDir Path folder;
  private int fired;
  private final Runbook book =
      runbook(List.of(), List.of(rung("fix").limit(null).build()), null, List.of());

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private static SuspicionSettings group(int count, int share, int size, String target) {
    return new SuspicionSettings(
        "hosts",
        Map.of("job", "node"),
        "instance",
        List.of(target),
        count,
        share,
        size,
        Duration.ofMinutes(5),
        "team");
  }

  private void open(SuspicionSettings group) {
    Database database = Database.inMemory(UUID.randomUUID().toString());
    Herald herald =
        new Herald(
            database.incidents(),
            database.journal(),
            database.outbox(),
            List.of(),
            warning ->
                List.of(new Message("warning", warning.key(), Map.of("text", warning.text()))));
    Guard guard =
        new SuspicionGuard(
            database.breakers(), List.of(group), herald, new Ids(() -> VirtualTime.START));
    stage =
        new Stage(
            database, OneRunbook.of(book, Map.of()), Map.of(), SETTINGS, folder, List.of(guard));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Run fire(Map<String, String> labels) {
    fired++;
    Alert alert =
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            labels,
            Map.of(),
            null,
            "broke",
            null);
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return stage.run(run);
  }

  private Run fire(String host) {
    return fire(Map.of("job", "node", "instance", host));
  }

  private void later(Duration by) {
    stage.time().advanceTo(stage.time().instant().plus(by));
  }

  private List<Intent> intents(Run run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run.id()));
  }

  private List<Breaker> breakers() {
    return stage.read(tx -> stage.database().breakers().open(tx));
  }

  private List<String> told(Run run) {
    return stage.read(tx -> stage.database().outbox().ofIncident(tx, run.incidentId())).stream()
        .map(entry -> String.valueOf(entry.message().payload().get("text")))
        .toList();
  }

  @Test
  void oneAlarmTooMany_stopsTheGroup_andAHumanHearsWhyOnce() {
    open(group(3, 0, 0, "host/*"));
    assertThat(intents(fire("a"))).hasSize(1);
    assertThat(intents(fire("b"))).hasSize(1);
    Run third = fire("c");
    assertThat(intents(third)).isEmpty();
    assertThat(third.step("fix").state().toString())
        .contains("observer-suspect")
        .contains("nothing of the group 'hosts' is changed since 2026-")
        .contains("3 members alarmed within 5m")
        .contains("DELETE /api/v1/breakers/" + breakers().getFirst().id());
    Run fourth = fire("d");
    assertThat(intents(fourth)).isEmpty();
    assertThat(told(third)).singleElement().asString().contains("Look whether");
    assertThat(told(fourth)).isEmpty();
  }

  @Test
  void sameMemberAgainAndAgain_isOne() {
    open(group(3, 0, 0, "host/*"));
    for (int i = 0; i < 5; i++) {
      assertThat(intents(fire("a"))).hasSize(1);
    }
  }

  @Test
  void alarmsFarApart_areBelieved() {
    open(group(3, 0, 0, "host/*"));
    for (String host : List.of("a", "b", "c", "d", "e")) {
      assertThat(intents(fire(host))).hasSize(1);
      later(Duration.ofMinutes(3));
    }
  }

  @Test
  void smallShare_isBelieved() {
    open(group(2, 30, 10, "host/*"));
    assertThat(intents(fire("a"))).hasSize(1);
    assertThat(intents(fire("b"))).as("20% are no 30%").hasSize(1);
    assertThat(intents(fire("c"))).isEmpty();
  }

  @Test
  void otherAlertsAndOtherTargets_areNotMeant() {
    open(group(2, 0, 0, "rack/*"));
    assertThat(intents(fire("a"))).hasSize(1);
    assertThat(intents(fire("b"))).as("stops racks only").hasSize(1);
    stage.close();
    open(group(2, 0, 0, "host/*"));
    for (String host : List.of("a", "b", "c")) {
      assertThat(intents(fire(Map.of("job", "redis", "instance", host)))).hasSize(1);
      assertThat(intents(fire(Map.of("job", "node")))).as("no member").hasSize(1);
    }
  }

  @Test
  void staysStopped_untilAHumanReleasesIt_andThenCountsAnew() {
    open(group(2, 0, 0, "host/*"));
    fire("a");
    fire("b");
    later(Duration.ofDays(2));
    assertThat(intents(fire("c"))).isEmpty();
    BreakerDesk desk =
        new BreakerDesk(
            stage.database().ledger(),
            stage.database().breakers(),
            Heralds.on(stage.database()),
            stage.time());
    String id = breakers().getFirst().id();
    assertThat(desk.close(id, Actor.person("ana"), "the switch was down").join()).isPresent();
    assertThat(intents(fire("d"))).hasSize(1);
    assertThat(intents(fire("e"))).isEmpty();
  }

  @Test
  void settings_thatMakeNoSense_areRefusedByName() {
    open(group(2, 0, 0, "host/*"));
    assertThatThrownBy(() -> group(1, 0, 0, "host/*")).hasMessageContaining("count must be");
    assertThatThrownBy(() -> group(2, 30, 0, "host/*")).hasMessageContaining("share needs size");
    assertThatThrownBy(() -> group(2, 0, 0, "")).hasMessageContaining("targets must name");
    SuspicionSettings one = group(2, 0, 0, "host/*");
    assertThat(SuspicionSettings.problems(List.of(one, one), Set.of("ana")))
        .anyMatch(fault -> fault.contains("two of this name"))
        .anyMatch(fault -> fault.contains("'team' is no team"));
  }
}
