package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.LockMode;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs that want the same target. */
class LocksOnStageTest {
  private static final GuardSettings.Window MANY =
      new GuardSettings.Window(50, Duration.ofHours(1));

  @TempDir Path folder;
  private int fired;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private static Runbook book(LockMode mode) {
    return runbook(
        List.of(), List.of(rung("fix").limit(null).build().locking(mode)), null, List.of());
  }

  private final Runbook queue = book(LockMode.QUEUE);
  private final Runbook drop = book(LockMode.DROP);
  private final Runbook supersede = book(LockMode.SUPERSEDE);

  @BeforeEach
  void open() {
    open(queue);
  }

  private void open(Runbook book) {
    Map<String, List<Stub>> slow =
        Map.of("fix", List.of(new Stub(How.OK, "done", Map.of(), Duration.ofSeconds(30))));
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()),
            book,
            slow,
            new GuardSettings(List.of("**"), MANY, MANY),
            folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private void reopen(Runbook book) {
    stage.close();
    open(book);
  }

  private String fire(Runbook book) {
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
    return run;
  }

  private void play() {
    while (stage.advance(Optional.empty())) {
      stage.settle();
    }
  }

  private RunStatus status(String run) {
    return stage.run(run).status();
  }

  private int intents(String run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run)).size();
  }

  private List<Locks.Line> lines() {
    return stage.read(tx -> stage.database().locks().lines(tx, 100));
  }

  @Test
  void queue_isServedInTurn_andHolderAndWaitersAreSeen() {
    String first = fire(queue);
    String second = fire(queue);
    String third = fire(queue);
    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.target()).isEqualTo("host/a");
              assertThat(line.holder()).isEqualTo(first);
              assertThat(line.since()).isEqualTo(VirtualTime.START);
              assertThat(line.places())
                  .extracting(Locks.Place::runId)
                  .containsExactly(second, third);
            });
    play();
    assertThat(List.of(status(first), status(second), status(third)))
        .containsOnly(RunStatus.MITIGATED);
    assertThat(lines()).isEmpty();
  }

  @Test
  void drop_doesNotWait_andSaysForWhom() {
    reopen(drop);
    String first = fire(drop);
    String second = fire(drop);
    assertThat(stage.run(second).step("fix").state().toString())
        .contains("lock-dropped", first, "lock: queue");
    assertThat(intents(second)).isZero();
    play();
    assertThat(status(first)).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void supersede_newestTakesThePlaceOfThoseThatWait_neverOfTheOneThatChanges() {
    reopen(supersede);
    String changing = fire(supersede);
    String older = fire(supersede);
    String old = fire(supersede);
    String newest = fire(supersede);
    assertThat(lines().getFirst().places()).extracting(Locks.Place::runId).containsExactly(newest);
    assertThat(status(changing)).as("it is at work").isEqualTo(RunStatus.RUNNING);
    play();
    assertThat(status(changing)).isEqualTo(RunStatus.MITIGATED);
    assertThat(status(newest)).isEqualTo(RunStatus.MITIGATED);
    for (String ended : List.of(older, old)) {
      Run run = stage.run(ended);
      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(String.valueOf(run.why())).contains("took the place of this run", "host/a");
      assertThat(intents(ended)).isZero();
    }
    assertThat(lines()).isEmpty();
  }

  @Test
  void superseded_isOnTheRecord() {
    reopen(supersede);
    fire(supersede);
    String older = fire(supersede);
    String newer = fire(supersede);
    play();
    String incident = stage.run(older).incidentId();
    List<JournalEntry> lines =
        stage.read(tx -> stage.database().journal().read(tx, incident, 0, 1_000));
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.kind()).isEqualTo("guard.denied");
              assertThat(line.text()).contains(newer);
            });
  }

  @Test
  void mixedModes_whoQueuesKeepsItsPlace() {
    stage.write(
        tx -> {
          Locks locks = stage.database().locks();
          locks.take(tx, "host/a", "run_0", VirtualTime.START);
          locks.await(tx, "host/a", "run_1", "fix", VirtualTime.START);
          locks.await(tx, "host/a", "run_2", "fix", VirtualTime.START);
          locks.supersede(tx, "host/a", "run_2", VirtualTime.START);
          locks.await(tx, "host/a", "run_3", "fix", VirtualTime.START);
          locks.supersede(tx, "host/a", "run_3", VirtualTime.START);
          return true;
        });
    assertThat(lines().getFirst().places())
        .extracting(Locks.Place::runId)
        .containsExactly("run_1", "run_3");
  }
}
