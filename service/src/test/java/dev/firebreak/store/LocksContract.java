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

  private List<String> released() {
    return commit(tx -> locks().release(tx, run));
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
  void release_freesEverythingTheRunHolds() {
    String other = Samples.id("redis/");
    take(target, run);
    take(other, run);
    take(target + "x", "run_other");
    assertThat(released()).containsExactlyInAnyOrder(target, other);
    assertThat(released()).isEmpty();
    assertThat(find(tx -> locks().holder(tx, target))).isEmpty();
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
