package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.guard.Locks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Locks} must do. */
abstract class LocksContract extends Contract {
  private final String target = Samples.id("redis/");
  private final String run = Samples.id("run");

  private Locks locks() {
    return database().locks();
  }

  private void take(String what, String runId) {
    write(tx -> locks().take(tx, what, runId, NOON));
  }

  private List<Locks.Waiter> released(String runId) {
    return commit(tx -> locks().release(tx, runId, NOON));
  }

  private void awaits(String what, String runId, java.time.Instant now) {
    write(tx -> locks().await(tx, what, runId, "restart", now));
  }

  private java.util.Optional<String> ahead(String runId, java.time.Instant now) {
    return find(tx -> locks().ahead(tx, target, runId, now));
  }

  @Test
  void line_isFirstComeFirstServed() {
    String second = Samples.id("run");
    String third = Samples.id("run");
    take(target, run);
    awaits(target, second, NOON);
    awaits(target, third, NOON);
    awaits(target, second, NOON.plusMillis(1));
    assertThat(ahead(run, NOON)).as("the holder").isEmpty();
    assertThat(ahead(second, NOON)).contains(run);
    assertThat(ahead(third, NOON)).contains(run);
    assertThat(released(run)).containsExactly(new Locks.Waiter(second, "restart"));
    assertThat(ahead(second, NOON)).isEmpty();
    assertThat(ahead(third, NOON)).contains(second);
    assertThat(ahead(Samples.id("run"), NOON)).as("one that comes now").contains(second);
    take(target, second);
    assertThat(released(second)).containsExactly(new Locks.Waiter(third, "restart"));
  }

  @Test
  void whoLooksNoMore_isPassed_andKeepsItsPlace() {
    String sleeps = Samples.id("run");
    String looks = Samples.id("run");
    awaits(target, sleeps, NOON);
    awaits(target, looks, NOON);
    java.time.Instant later = NOON.plus(Locks.PATIENCE);
    awaits(target, looks, later);
    assertThat(ahead(looks, later)).isEmpty();
    awaits(target, sleeps, later);
    assertThat(ahead(looks, later)).contains(sleeps);
  }

  private void supersedes(String runId) {
    awaits(target, runId, NOON);
    write(tx -> locks().supersede(tx, target, runId, NOON));
  }

  private java.util.Optional<String> newer(String runId) {
    return find(tx -> locks().newer(tx, target, runId, NOON));
  }

  @Test
  void newerRun_takesThePlaceOfOlderOnesOfItsKind_andOnlyOfThese() {
    String holds = run + "0";
    String first = run + "1";
    String queues = run + "2";
    String second = run + "3";
    String third = run + "4";
    take(target, holds);
    supersedes(first);
    awaits(target, queues, NOON);
    supersedes(second);
    assertThat(newer(first)).contains(second);
    assertThat(newer(second)).isEmpty();
    assertThat(newer(queues)).as("asked only of its kind").contains(second);
    supersedes(third);
    assertThat(newer(first)).as("the first word stands").contains(second);
    assertThat(newer(second)).contains(third);
    assertThat(released(first)).isEmpty();
    assertThat(newer(first)).as("one that comes back is still older").contains(third);
    List<Locks.Line> lines =
        list(tx -> locks().lines(tx, 100_000)).stream()
            .filter(line -> line.target().equalsIgnoreCase(target))
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().holder()).isEqualTo(holds);
    assertThat(lines.getFirst().places())
        .extracting(Locks.Place::runId, Locks.Place::supersedes)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(third, true),
            org.assertj.core.groups.Tuple.tuple(queues, false));
    assertThat(released(holds)).containsExactly(new Locks.Waiter(third, "restart"));
    assertThat(ahead(queues, NOON)).contains(third);
    String fourth = run + "5";
    assertThat(find(tx -> locks().aheadOfNewest(tx, target, fourth, NOON))).contains(queues);
    assertThat(find(tx -> locks().aheadOfNewest(tx, target, third, NOON))).isEmpty();
  }

  @Test
  void runThatEnds_leavesEveryLine() {
    String waits = Samples.id("run");
    awaits(target, waits, NOON);
    assertThat(ahead(run, NOON)).contains(waits);
    assertThat(released(waits)).isEmpty();
    assertThat(ahead(run, NOON)).isEmpty();
  }

  @Test
  void target_hasOneHolder() {
    take(target, run);
    take(target, run);
    assertThatThrownBy(() -> take(target, "run_other"))
        .hasMessageContaining(target)
        .hasMessageContaining(run);
    assertThat(find(tx -> locks().holder(tx, target))).contains(run);
  }

  @Test
  void target_isTheSameHoweverItsLettersAreWritten() {
    String other = Samples.id("run");
    take(target, run);
    String shouted = target.toUpperCase(java.util.Locale.ROOT);
    assertThat(find(tx -> locks().holder(tx, shouted))).contains(run);
    assertThat(find(tx -> locks().ahead(tx, shouted, other, NOON))).contains(run);
    assertThatThrownBy(() -> take(shouted, other)).hasMessageContaining("is held by " + run);
    awaits(shouted, other, NOON);
    assertThat(released(run)).containsExactly(new Locks.Waiter(other, "restart"));
  }

  @Test
  void release_freesEverythingTheRunHolds() {
    String other = Samples.id("redis/");
    take(target, run);
    take(other, run);
    take(target + "x", "run_other");
    assertThat(released(run)).isEmpty();
    assertThat(find(tx -> locks().holder(tx, target))).isEmpty();
    assertThat(find(tx -> locks().holder(tx, other))).isEmpty();
    assertThat(find(tx -> locks().holder(tx, target + "x"))).contains("run_other");
    take(target, "run_third");
  }

  @Test
  void longTargets_areToldApart() {
    String common = target + "x".repeat(3_000);
    take(common + "1", run);
    take(common + "2", "run_other");
    assertThat(find(tx -> locks().holder(tx, common + "1"))).contains(run);
  }
}
