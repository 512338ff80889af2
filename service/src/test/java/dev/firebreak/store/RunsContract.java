package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Reason;
import dev.firebreak.run.Items;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.Runs;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepStatus;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Runs} must do. */
abstract class RunsContract extends Contract {
  private static final Instant LATER = NOON.plusSeconds(60);

  private Runs runs() {
    return database().runs();
  }

  private Run added(StepRun... steps) {
    Run run = Samples.run(Samples.id("inc"), steps);
    write(tx -> runs().add(tx, run, "node-1"));
    return run;
  }

  private Run stored(String id) {
    return read(tx -> runs().find(tx, id)).orElseThrow();
  }

  private static List<StepState> everyState() {
    List<StepState> states = new ArrayList<>();
    states.add(new StepState.Pending());
    states.add(new StepState.Ready());
    states.add(new StepState.Running(NOON, LATER, null));
    states.add(new StepState.Running(NOON, LATER, "int_1"));
    states.add(new StepState.Underway(NOON));
    for (WaitFor what : WaitFor.values()) {
      states.add(new StepState.Waiting(what, NOON, LATER, null, Samples.WHY));
      states.add(new StepState.Waiting(what, NOON, LATER, "gate_1", Samples.WHY));
    }
    states.add(new StepState.Unknown("int_1", NOON, Samples.WHY));
    for (StepState.End end : StepState.End.values()) {
      states.add(new StepState.Ended(end, NOON, new Reason("done", "")));
    }
    return states;
  }

  @Nested
  class Add {
    @Test
    void run_comesBackExactly() {
      Run run =
          added(
              StepRun.pending("z-first", StepRun.Phase.DIAGNOSE),
              StepRun.pending("a-second", StepRun.Phase.CHANGE));
      assertThat(stored(run.id())).isEqualTo(run);
      assertThat(stored(run.id()).steps().keySet()).containsExactly("z-first", "a-second");
    }

    @Test
    void secondLiveRunOfTheRunbook_isRefused() {
      Run run = added();
      Run twin = Samples.run(run.incidentId());
      assertThatThrownBy(() -> write(tx -> runs().add(tx, twin, "node-1"))).isNotNull();
      assertThat(find(tx -> runs().live(tx, run.incidentId(), "redis-down"))).contains(run.id());
    }

    @Test
    void runbookRunsAgain_whenTheFirstRunHasEnded() {
      Run run = added();
      write(tx -> runs().save(tx, run, run.in(RunStatus.FAILED, Samples.WHY, NOON), List.of()));
      Run second = Samples.run(run.incidentId());
      write(tx -> runs().add(tx, second, "node-1"));
      assertThat(list(tx -> runs().liveOf(tx, run.incidentId()))).containsExactly(second.id());
    }

    @Test
    void endedRuns_areManyWithoutConflict() {
      Run first = Samples.run(Samples.id("inc")).in(RunStatus.SUCCEEDED, null, NOON);
      Run second = Samples.run(first.incidentId()).in(RunStatus.SUCCEEDED, null, NOON);
      write(tx -> runs().add(tx, first, "node-1"));
      write(tx -> runs().add(tx, second, "node-1"));
      assertThat(find(tx -> runs().live(tx, first.incidentId(), "redis-down"))).isEmpty();
    }
  }

  @Nested
  class Save {
    @Test
    void everyStateOfAStep_comesBackExactly() {
      Run run = added(StepRun.pending("step", StepRun.Phase.CHANGE));
      Set<StepStatus> walked = EnumSet.noneOf(StepStatus.class);
      for (StepState state : everyState()) {
        StepRun step =
            new StepRun(
                "step",
                StepRun.Phase.CHANGE,
                state,
                2,
                NOON,
                LATER,
                Map.of("status", 200),
                null,
                1);
        write(tx -> runs().save(tx, run, run.with(step), List.of(step)));
        assertThat(stored(run.id()).step("step")).isEqualTo(step);
        walked.add(state.status());
      }
      assertThat(walked).containsExactlyInAnyOrder(StepStatus.values());
    }

    @Test
    void list_isCountedAnewFromItsItems() {
      StepState done = new StepState.Ended(StepState.End.SUCCEEDED, NOON, Samples.WHY);
      StepState failed = new StepState.Ended(StepState.End.FAILED, LATER, Samples.WHY);
      Run run = added(step("move/copy", new StepState.Underway(NOON), Map.of()));
      List<StepRun> rows =
          List.of(
              step("move/copy.list", done, Map.of("items", List.of("a", "b", "c", "d"))),
              step("move/copy[0]", done, Map.of()),
              step("move/copy[1]", failed, Map.of()),
              step("move/copy[2]", new StepState.Running(NOON, LATER, "int_1"), Map.of()));
      write(tx -> runs().save(tx, run, run, rows));
      Run read = stored(run.id());
      assertThat(read.steps()).containsOnlyKeys("move/copy", "move/copy.list", "move/copy[2]");
      Items items = java.util.Objects.requireNonNull(read.step("move/copy").items());
      assertThat(List.of(items.total(), items.begun(), items.ok(), items.failed()))
          .containsExactly(4, 3, 1, 1);
    }

    @Test
    void glance_tellsOfAListWhatIsReadItemByItem() {
      StepState done = new StepState.Ended(StepState.End.SUCCEEDED, NOON, Samples.WHY);
      StepState failed = new StepState.Ended(StepState.End.FAILED, LATER, Samples.WHY);
      StepState running = new StepState.Running(NOON, LATER, "int_1");
      Run run =
          added(
              step("move", new StepState.Underway(NOON), Map.of()),
              step("move/copy", new StepState.Underway(NOON), Map.of()),
              step("move/copyZ", new StepState.Pending(), Map.of()),
              step("move/copyz", new StepState.Pending(), Map.of()));
      List<StepRun> rows =
          new ArrayList<>(
              List.of(
                  step("move/copy.list", done, Map.of("items", List.of("a", "b", "c", "d", "e"))),
                  step("move/copy[0]", done, Map.of()),
                  step("move/copy[0].verify", done, Map.of()),
                  step("move/copy[1]", failed, Map.of()),
                  step("move/copy[2]", done, Map.of()),
                  step("move/copy[2].verify", failed, Map.of()),
                  step("move/copy[3]", running, Map.of())));
      write(tx -> runs().save(tx, run, run, rows));
      Run read = stored(run.id());
      Run told = read(tx -> runs().glance(tx, run.id())).orElseThrow();
      assertThat(told.steps().keySet()).containsExactlyInAnyOrderElementsOf(read.steps().keySet());
      assertThat(told.step("move/copy[3]")).isEqualTo(read.step("move/copy[3]"));
      assertThat(numbers(told)).isEqualTo(numbers(read)).containsExactly(5, 4, 1, 2);
    }

    private List<Integer> numbers(Run run) {
      Items items = java.util.Objects.requireNonNull(run.step("move/copy").items());
      return List.of(items.total(), items.begun(), items.ok(), items.failed());
    }

    private StepRun step(String id, StepState state, Map<String, Object> output) {
      return new StepRun(id, StepRun.Phase.ACT, state, 1, NOON, output);
    }

    @Test
    void everyPhase_comesBack() {
      StepRun[] steps =
          java.util.Arrays.stream(StepRun.Phase.values())
              .map(phase -> StepRun.pending(phase.name(), phase))
              .toArray(StepRun[]::new);
      Run run = added(steps);
      assertThat(stored(run.id())).isEqualTo(run);
    }

    @Test
    void statusAndControl_comeBackExactly() {
      Run run = added();
      for (RunStatus status : RunStatus.values()) {
        Run next =
            run.with(new Run.Control(true, Samples.WHY, true))
                .in(status, Samples.WHY, status.ended() ? NOON : null);
        Run before = stored(run.id());
        write(tx -> runs().save(tx, before, next, List.of()));
        assertThat(stored(run.id())).isEqualTo(next);
      }
    }

    @Test
    void stepsThatDidNotChange_areLeftAlone() {
      StepRun one = StepRun.pending("one", StepRun.Phase.DIAGNOSE);
      StepRun two = StepRun.pending("two", StepRun.Phase.DIAGNOSE);
      Run run = added(one, two);
      StepRun changed = one.in(new StepState.Ready());
      Run next = run.with(changed).with(two.in(new StepState.Ready()));
      write(tx -> runs().save(tx, run, next, List.of(changed)));
      assertThat(stored(run.id()).step("one")).isEqualTo(changed);
      assertThat(stored(run.id()).step("two")).isEqualTo(two);
    }

    @Test
    void stepThatIsNew_isAddedAtItsPlace() {
      Run run = added(StepRun.pending("one", StepRun.Phase.DIAGNOSE));
      StepRun two = StepRun.pending("two", StepRun.Phase.ESCALATE);
      write(tx -> runs().save(tx, run, run.with(two), List.of(two)));
      assertThat(stored(run.id())).isEqualTo(run.with(two));
    }

    @Test
    void staleEpoch_writesNothing() {
      StepRun one = StepRun.pending("one", StepRun.Phase.DIAGNOSE);
      Run run = added(one);
      StepRun ready = one.in(new StepState.Ready());
      Run stale = run.with(ready).in(RunStatus.RUNNING, null, null).owned(0);
      assertThatThrownBy(() -> write(tx -> runs().save(tx, run, stale, List.of(ready))))
          .hasRootCauseInstanceOf(Runs.StaleEpoch.class);
      assertThat(stored(run.id())).isEqualTo(run);
    }

    @Test
    void bigOutput_comesBackExactly() {
      Run run = added(StepRun.pending("one", StepRun.Phase.DIAGNOSE));
      StepRun big = run.step("one").with(Map.of("body", "0123456789äöü🔥".repeat(200_000)));
      write(tx -> runs().save(tx, run, run, List.of(big)));
      assertThat(stored(run.id()).step("one")).isEqualTo(big);
    }
  }

  @Nested
  class TakeOver {
    private void joins(String node, Duration lease) {
      assertThat(says(tx -> database().nodes().join(tx, node, "here", NOON, lease))).isTrue();
    }

    private Run ownedBy(String node) {
      Run run = Samples.run(Samples.id("inc"), StepRun.pending("one", StepRun.Phase.DIAGNOSE));
      write(tx -> runs().add(tx, run, node));
      return run;
    }

    private List<Run> take(Run run, String from, String to) {
      return commit(tx -> runs().takeOver(tx, List.of(run.id()), from, to));
    }

    @Test
    void leaseIsOver_runsGrowTheirEpochAndFenceTheOldOwner() {
      String dead = Samples.id("node");
      String alive = Samples.id("node");
      joins(dead, Duration.ofMinutes(1));
      joins(alive, Duration.ofMinutes(1));
      Run live = ownedBy(dead);
      Run over = ownedBy(dead);
      write(
          tx -> runs().save(tx, over, over.in(RunStatus.CANCELLED, Samples.WHY, NOON), List.of()));
      write(tx -> database().nodes().leave(tx, dead));

      for (int look = 0; look < 61; look++) {
        assertThat(list(tx -> runs().abandoned(tx, alive))).contains(dead).doesNotContain(alive);
      }
      assertThat(list(tx -> runs().ownedBy(tx, dead))).containsExactly(live.id());
      assertThat(take(live, dead, alive)).containsExactly(live.owned(live.epoch() + 1));
      assertThat(take(over, dead, alive)).isEmpty();
      assertThat(find(tx -> runs().owner(tx, live.id()))).contains(alive);
      Run late = live.in(RunStatus.FAILED, Samples.WHY, NOON);
      assertThatThrownBy(() -> write(tx -> runs().save(tx, live, late, List.of())))
          .hasRootCauseInstanceOf(Runs.StaleEpoch.class);
      Run ours = late.owned(live.epoch() + 1);
      write(tx -> runs().save(tx, live, ours, List.of()));
    }

    @Test
    void leaseHolds_nobodyTakesTheRun() {
      String owner = Samples.id("node");
      String other = Samples.id("node");
      joins(owner, Duration.ofMinutes(1));
      joins(other, Duration.ofMillis(1));
      Run run = ownedBy(owner);
      assertThat(list(tx -> runs().abandoned(tx, other))).doesNotContain(owner);
      assertThat(take(run, owner, other)).isEmpty();
      assertThat(stored(run.id())).isEqualTo(run);
    }

    @Test
    void newcomer_givesTheSilentOwnerAWholeLeaseToComeBack() {
      String silent = Samples.id("node");
      String newcomer = Samples.id("node");
      joins(silent, Duration.ofMillis(-5));
      joins(newcomer, Duration.ofMinutes(1));
      Run run = ownedBy(silent);
      assertThat(list(tx -> runs().abandoned(tx, newcomer))).contains(silent);
      assertThat(take(run, silent, newcomer)).isEmpty();
    }

    @Test
    void twoTakers_oneGetsTheRun() {
      String dead = Samples.id("node");
      String one = Samples.id("node");
      String two = Samples.id("node");
      joins(one, Duration.ofMinutes(1));
      joins(two, Duration.ofMinutes(1));
      joins(dead, Duration.ofMinutes(1));
      Run run = ownedBy(dead);
      write(tx -> database().nodes().leave(tx, dead));
      assertThat(take(run, dead, one)).hasSize(1);
      assertThat(take(run, dead, two)).isEmpty();
      assertThat(take(run, dead, one))
          .as("asked again")
          .containsExactly(run.owned(run.epoch() + 1));
    }
  }

  @Nested
  class Lists {
    @Test
    void pages_areNewestFirstAndFiltered() {
      Run first = added();
      write(tx -> runs().save(tx, first, first.in(RunStatus.FAILED, Samples.WHY, NOON), List.of()));
      Run second = Samples.run(first.incidentId(), StepRun.pending("x", StepRun.Phase.VERIFY));
      write(tx -> runs().add(tx, second, "node-1"));
      String incident = first.incidentId();

      assertThat(ids(incident, null, null, 10)).containsExactly(second.id(), first.id());
      assertThat(ids(incident, null, null, 1)).containsExactly(second.id());
      assertThat(ids(incident, null, second.id(), 10)).containsExactly(first.id());
      assertThat(ids(incident, RunStatus.FAILED, null, 10)).containsExactly(first.id());
      assertThat(ids(null, RunStatus.QUEUED, null, 1)).containsExactly(second.id());
      assertThat(ids(null, null, null, 2)).containsExactly(second.id(), first.id());
      assertThat(ids(null, RunStatus.FAILED, second.id(), 1)).containsExactly(first.id());
      assertThat(read(tx -> runs().list(tx, incident, null, null, 1)).getFirst().steps()).isEmpty();
    }

    private List<String> ids(
        @org.jspecify.annotations.Nullable String incident,
        @org.jspecify.annotations.Nullable RunStatus status,
        @org.jspecify.annotations.Nullable String before,
        int limit) {
      return read(tx -> runs().list(tx, incident, status, before, limit)).stream()
          .map(Run::id)
          .toList();
    }

    @Test
    void missingRun_isEmpty() {
      assertThat(find(tx -> runs().find(tx, "run_none"))).isEmpty();
      assertThat(list(tx -> runs().liveOf(tx, "inc_none"))).isEmpty();
    }
  }
}
