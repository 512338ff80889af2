package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Locks;
import dev.firebreak.guard.blast.BlastGuard;
import dev.firebreak.guard.blast.BlastSettings;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a group is under repair at once. */
class BlastOnStageTest {
  private static final GuardSettings.Window MANY =
      new GuardSettings.Window(90, Duration.ofHours(1));
  private static final Set<String> SIX = Set.of("db/1", "db/2", "db/3", "db/4", "db/5", "db/6");

  @TempDir Path folder;
  private int fired;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @SuppressWarnings("NullAway.Init")
  private Runbook book;

  private static BlastSettings group(int max, int share, int floor, Integer... ramp) {
    return new BlastSettings(
        "dbs",
        List.of("db/*"),
        SIX,
        0,
        max,
        share,
        floor,
        List.of(ramp),
        Duration.ofHours(1),
        "team-db");
  }

  private void open(int many, How how, BlastSettings... groups) {
    book =
        runbook(
            List.of(),
            List.of(rung("fix").limit(null).targetsOf("hosts", many).build()),
            null,
            List.of());
    Map<String, List<Stub>> slow =
        Map.of("fix", List.of(new Stub(how, "done", Map.of(), Duration.ofSeconds(30))));
    Database database = Database.inMemory(UUID.randomUUID().toString());
    stage =
        new Stage(
            database,
            OneRunbook.of(book, slow),
            slow,
            new GuardSettings(List.of("**"), MANY, MANY),
            folder,
            List.of(new BlastGuard(database.locks(), database.intents(), List.of(groups))));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private String fire(String hosts) {
    fired++;
    Alert alert =
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of("hosts", hosts),
            Map.of(),
            null,
            "something broke",
            null);
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return run;
  }

  private String state(String run) {
    return stage.run(run).step("fix").state().toString();
  }

  private long held() {
    return stage.<List<Locks.Line>>read(tx -> stage.database().locks().lines(tx, 100)).stream()
        .filter(line -> line.holder() != null)
        .count();
  }

  /** Plays to the end; returns how many were under repair at once, at the most. */
  private long play() {
    long most = held();
    while (stage.advance(Optional.empty())) {
      stage.settle();
      most = Math.max(most, held());
    }
    return most;
  }

  @Test
  void max_theOthersWaitUntilOneIsOver_neverMoreAtOnce() {
    open(1, How.OK, group(2, 0, 0));
    List<String> runs = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      runs.add(fire("db/" + i));
    }
    assertThat(state(runs.get(2))).contains("blast-busy", "2 of dbs are under repair (db/1, db/2)");
    assertThat(fire("web/1"))
        .as("of no group")
        .satisfies(run -> assertThat(state(run)).contains("Running"));
    assertThat(held()).isEqualTo(3);
    assertThat(play()).isLessThanOrEqualTo(3);
    assertThat(runs)
        .allSatisfy(run -> assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED));
  }

  @Test
  void targetInOtherLetters_isTheSameTarget_andOfTheSameGroup() {
    open(1, How.OK, group(1, 0, 0));
    Object unused = fire("db/1");
    assertThat(state(fire("DB/1"))).contains("changes 'DB/1' first").doesNotContain("Running");
    assertThat(state(fire("Db/2"))).contains("blast-busy");
    assertThat(play()).isEqualTo(1);
  }

  @Test
  void share_isRoundedDown_butOneIsAlwaysAllowed() {
    open(1, How.OK, group(0, 40, 0));
    List.of("db/1", "db/2", "db/3").forEach(this::fire);
    assertThat(held()).as("40% of 6").isEqualTo(2);
    stage.close();
    open(1, How.OK, group(0, 10, 0));
    List.of("db/1", "db/2").forEach(this::fire);
    assertThat(held()).as("10% of 6").isEqualTo(1);
  }

  @Test
  void floor_wouldBeBroken_peopleAreAskedWithTheList() {
    open(1, How.OK, group(0, 0, 4));
    fire("db/1");
    fire("db/2");
    String last = fire("db/3");
    assertThat(stage.run(last).status()).isEqualTo(RunStatus.WAITING);
    Gate gate = stage.openGates().getFirst();
    assertThat(gate.why())
        .contains("to change db/3 would leave 3 of 6 members of dbs", "its floor is 4");
    assertThat(gate.asked()).containsExactly("team-db");
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of("team-db"), "go").join();
    stage.settle();
    assertThat(held()).as("people said yes").isEqualTo(3);
  }

  @Test
  void changeOfMostOfTheGroupAtOnce_isAskedAbout() {
    open(4, How.OK, group(0, 50, 0));
    String run = fire("db/1,db/2,db/3,db/4");
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.WAITING);
    assertThat(stage.openGates().getFirst().why())
        .contains("it would change 4 targets of dbs at once (db/1, db/2, db/3, db/4), and 3 may");
    assertThat(held()).isZero();
  }

  @Test
  void ramp_firstAlone_thenMoreWithEachProof() {
    open(1, How.OK, group(0, 0, 0, 1, 2, 4));
    List<String> runs = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      runs.add(fire("db/" + i));
    }
    assertThat(held()).isEqualTo(1);
    assertThat(state(runs.get(1))).contains("the first alone");
    assertThat(play()).isGreaterThan(1).isLessThanOrEqualTo(4);
    assertThat(runs)
        .allSatisfy(run -> assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED));
  }

  @Test
  void ramp_whatDidNotHelp_keepsItAtTheFirstStep() {
    open(1, How.FAILED, group(0, 0, 0, 1, 4));
    for (int i = 1; i <= 6; i++) {
      fire("db/" + i);
    }
    assertThat(play()).isEqualTo(1);
  }
}
