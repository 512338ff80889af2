package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.recurrence.FlappingGuard;
import dev.firebreak.guard.recurrence.FlappingSettings;
import dev.firebreak.guard.recurrence.RepetitionSettings;
import dev.firebreak.guard.recurrence.Repetitions;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five firings within an hour are flapping; five fixes within a week are a problem. */
class RecurrenceOnStageTest {
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

  @BeforeEach
  void open() {
    Database database = Database.inMemory(UUID.randomUUID().toString());
    Herald herald =
        new Herald(
            database.incidents(),
            database.journal(),
            database.outbox(),
            List.of(),
            warning ->
                List.of(new Message("warning", warning.key(), Map.of("text", warning.text()))));
    Repetitions repetitions =
        new Repetitions(
            database.intents(),
            database.incidents(),
            RepetitionSettings.USUAL,
            herald,
            new Ids(() -> VirtualTime.START),
            (incident, key, news) -> Optional.of(new Message("ticket", key, Map.of("text", news))));
    List<Guard> guards =
        List.of(new FlappingGuard(database.alerts(), FlappingSettings.USUAL, herald, repetitions));
    stage = new Stage(database, OneRunbook.of(book, Map.of()), Map.of(), SETTINGS, folder, guards);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Run fire(String fingerprint) {
    fired++;
    Alert alert =
        new Alert(
            "test",
            fingerprint,
            Alert.Status.FIRING,
            stage.time().instant(),
            null,
            Map.of(),
            Map.of(),
            null,
            "broke",
            null);
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return stage.run(run);
  }

  private void later(Duration by) {
    stage.time().advanceTo(stage.time().instant().plus(by));
  }

  private boolean changed(Run run) {
    return !stage.read(tx -> stage.database().intents().ofRun(tx, run.id())).isEmpty();
  }

  private List<Incident> problems() {
    return stage.read(tx -> stage.database().incidents().list(tx, null, null, 99)).stream()
        .filter(incident -> incident.key().startsWith("problem/"))
        .toList();
  }

  private List<String> told(String incident, String kind) {
    return stage.read(tx -> stage.database().outbox().ofIncident(tx, incident)).stream()
        .filter(entry -> entry.message().kind().equals(kind))
        .map(entry -> String.valueOf(entry.message().payload().get("text")))
        .toList();
  }

  private long seen(String incident) {
    return stage.read(tx -> stage.database().journal().read(tx, incident, 0, 999)).stream()
        .filter(entry -> entry.kind().equals("problem.seen"))
        .count();
  }

  @Test
  void alertThatComesAndGoes_goesToAHuman_whoHearsOnceForEachIncident() {
    for (int i = 0; i < 4; i++) {
      assertThat(changed(fire("same"))).isTrue();
      later(Duration.ofMinutes(5));
    }
    Run fifth = fire("same");
    assertThat(changed(fifth)).isFalse();
    assertThat(fifth.step("fix").state().toString())
        .contains("flapping")
        .contains("fired 5 times within 1h")
        .contains("start the runbook by hand");
    assertThat(told(fifth.incidentId(), "warning")).hasSize(1);
    assertThat(changed(fire("other"))).isTrue();
  }

  @Test
  void firingsFarApart_areNoFlapping() {
    for (int i = 0; i < 8; i++) {
      assertThat(changed(fire("same"))).isTrue();
      later(Duration.ofMinutes(16));
    }
  }

  @Test
  void afterItIsCalm_itIsFixedAgain() {
    for (int i = 0; i < 6; i++) {
      fire("same");
      later(Duration.ofMinutes(1));
    }
    later(Duration.ofHours(1));
    assertThat(changed(fire("same"))).isTrue();
  }

  @Test
  void sameFixOverDays_opensOneProblem_whichIsUpdatedAndNotRepeated() {
    for (int i = 0; i < 4; i++) {
      assertThat(fire("day" + i).status()).isEqualTo(RunStatus.MITIGATED);
      later(Duration.ofHours(30));
    }
    assertThat(problems()).isEmpty();
    Run fifth = fire("day4");
    Incident problem = problems().getFirst();
    assertThat(problem.title())
        .isEqualTo("'fix' was done to 'host/a' 5 times in 5 days; the cause is still there");
    assertThat(problem.owner()).isEqualTo("team");
    assertThat(told(problem.id(), "warning")).hasSize(1);
    assertThat(told(problem.id(), "ticket")).hasSize(1);
    assertThat(seen(fifth.incidentId())).isEqualTo(1);
    fire("day4 again");
    assertThat(told(problem.id(), "ticket")).as("once a day").hasSize(1);
    later(Duration.ofHours(24));
    assertThat(fire("day5").status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(problems()).hasSize(1);
    assertThat(told(problem.id(), "warning")).hasSize(1);
    assertThat(told(problem.id(), "ticket")).hasSize(2).last().asString().contains("7 times in 6");
    assertThat(seen(problem.id())).isEqualTo(3);
  }

  @Test
  void problemThatWasResolved_isOpenedAnew_whenItWasNotSolved() {
    for (int i = 0; i < 5; i++) {
      fire("day" + i);
      later(Duration.ofHours(20));
    }
    Incident problem = problems().getFirst();
    stage.write(
        tx -> {
          Incident over = problem.resolved(Actor.person("ana").asText(), stage.time().instant());
          stage.database().incidents().save(tx, over);
          return true;
        });
    fire("again");
    assertThat(problems()).hasSize(2);
  }

  @Test
  void fixesLongAgo_doNotCount() {
    for (int i = 0; i < 12; i++) {
      fire("week" + i);
      later(Duration.ofHours(48));
    }
    assertThat(problems()).isEmpty();
  }

  @Test
  void settings_thatMakeNoSense_areRefused() {
    assertThatThrownBy(() -> new FlappingSettings(1, Duration.ofHours(1)))
        .hasMessageContaining("flapping.times");
    assertThatThrownBy(() -> new FlappingSettings(3, Duration.ZERO))
        .hasMessageContaining("flapping.within");
    assertThatThrownBy(() -> new RepetitionSettings(3, Duration.ofDays(99), ""))
        .hasMessageContaining("repetition.within");
    RepetitionSettings typo = new RepetitionSettings(3, Duration.ofDays(9), "jria");
    assertThat(typo.problems(Set.of("jira"))).first().asString().contains("'jria'", "jira");
    assertThat(RepetitionSettings.USUAL.systemOf(Set.of("jira"))).isEqualTo("jira");
    assertThat(RepetitionSettings.USUAL.systemOf(Set.of("jira", "redmine"))).isEmpty();
  }
}
