package dev.firebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.Run;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepStatus;
import dev.firebreak.runbook.Runbook;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three changes want to be made, on a node that makes one at a time. */
class InLineTest {
  private static final Runbook BOOK =
      Books.read(
          "in-line",
          """
          runbook: in-line
          owner: team
          on:
            alert: alert.labels.book == 'in-line'
            incident: "{{alert.labels.key}}"
          remediate:
            - id: fix
              target: "host/{{alert.labels.key}}"
              limit: {max: 9, per: 1h}
              do: {fix: {}}
              idempotent: false
              timeout: 5s
              verify: {probe: {}, within: 2s, timeout: 2s}
              undo: null
          """);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private World world;

  @BeforeEach
  void start() {
    Simulation unused = new Simulation(folder);
    world = World.toExplore(folder.resolve("world"), BOOK, 1);
    world.boot();
    pass(Set.of("answer"), 0);
    for (String key : List.of("a", "b", "c")) {
      new People(world).send(BOOK, key, key, key, true);
      pass(Set.of("answer"), 0);
    }
  }

  /** Lets everything happen that is due within so many seconds, but for what holds back. */
  private void pass(Set<String> held, int seconds) {
    long until = world.time().millis() + seconds * 1_000L;
    for (int i = 0; i < 500; i++) {
      List<Timeline.Event> due =
          world.time().pending().stream()
              .filter(event -> event.at() <= until && !held.contains(event.name()))
              .toList();
      if (due.isEmpty()) {
        return;
      }
      Timeline.Event first =
          due.stream().min(Comparator.comparingLong(Timeline.Event::at)).orElseThrow();
      world.time().take(first);
      first.what().run();
      world.reap();
    }
    throw new AssertionError("it never comes to rest");
  }

  private List<Run> runs() {
    return world.store().runs.rows(world.store().look()).toList();
  }

  private List<StepStatus> fixes() {
    return runs().stream().map(run -> run.step("fix").state().status()).sorted().toList();
  }

  private long intents() {
    return world.store().intents.rows(world.store().look()).count();
  }

  private long recorded(String kind) {
    return world
        .store()
        .journal
        .rows(world.store().look())
        .filter(entry -> entry.kind().equals(kind))
        .count();
  }

  @Test
  void noPermitIsLeft_changeWaitsWithoutIntentAndSaysWhy() {
    assertThat(fixes())
        .containsExactlyInAnyOrder(StepStatus.RUNNING, StepStatus.WAITING, StepStatus.WAITING);
    assertThat(intents()).isEqualTo(1);
    assertThat(world.target().log()).hasSize(1);
    assertThat(recorded("step.waiting")).as("not a line for each").isZero();
    assertThat(runs())
        .filteredOn(run -> run.step("fix").state() instanceof StepState.Waiting)
        .allSatisfy(
            run ->
                assertThat(run.why())
                    .isNotNull()
                    .extracting("text")
                    .asString()
                    .contains("1 changes by 'fix' are at work"));
  }

  @Test
  void changesEnd_nextOnesBegin() {
    pass(Set.of(), 60);

    assertThat(fixes()).containsOnly(StepStatus.SUCCEEDED);
    assertThat(world.target().log()).hasSize(3);
    world.laws().atTheEnd();
    assertThat(world.broken()).isEmpty();
  }

  @Test
  void processIsKilled_onlyWhatHadBegunIsUnknown() {
    world.boot();
    pass(Set.of("answer"), 0);
    world.nodes().getFirst().die("kill -9");
    world.reap();
    Node heir = world.nodes().getFirst();
    for (int i = 0; i < 3; i++) {
      world.time().leap(Node.LEASE.multipliedBy(6).dividedBy(10));
      heir.beat();
    }
    heir.lookNow();
    pass(Set.of("answer"), 0);

    assertThat(recorded("step.unknown")).isEqualTo(1);
    assertThat(fixes())
        .containsExactlyInAnyOrder(StepStatus.SUCCEEDED, StepStatus.RUNNING, StepStatus.WAITING);
  }
}
