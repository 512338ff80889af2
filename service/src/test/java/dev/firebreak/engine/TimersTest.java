package dev.firebreak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.engine.Timers.Due;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Timers timers = new Timers();

  private Due add(String run, String step, int second) {
    Due due = new Due(NOON.plusSeconds(second), run, step);
    timers.add(due);
    return due;
  }

  @Test
  void due_comesEarliestFirstAndOnce() {
    Due late = add("run_1", "b", 2);
    Due early = add("run_1", "a", 1);
    assertThat(timers.due(NOON)).isEmpty();
    assertThat(timers.due(NOON.plusSeconds(2))).containsExactly(early, late);
    assertThat(timers.due(NOON.plusSeconds(2))).isEmpty();
  }

  @Test
  void runThatEnded_wakesNobody() {
    add("run_1", "a", 1);
    Due other = add("run_2", "a", 1);
    timers.over("run_1");
    assertThat(timers.due(NOON.plusSeconds(1))).containsExactly(other);
  }

  @Test
  void runsThatEnded_leaveNothing() {
    for (int i = 0; i < 1_000; i++) {
      add("run_" + i, "whole", 86_400);
      add("run_" + i, "a", 1);
      assertThat(timers.due(NOON.plusSeconds(1))).hasSize(1);
      timers.over("run_" + i);
    }
    assertThat(timers.size()).isZero();
    assertThat(timers.next()).isEmpty();
  }

  @Test
  void sameWaitTwice_isToldOnce() {
    Due once = add("run_1", "a", 1);
    add("run_1", "a", 1);
    assertThat(timers.due(NOON.plusSeconds(1))).containsExactly(once);
    assertThat(timers.size()).isZero();
  }

  @Test
  void runThatGoesOn_isWokenAgain() {
    add("run_1", "a", 1);
    timers.over("run_1");
    Due again = add("run_1", "b", 2);
    assertThat(timers.due(NOON.plusSeconds(2))).contains(again);
  }
}
