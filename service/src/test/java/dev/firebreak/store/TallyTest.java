package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Tally tally = new Tally();
  private int rows;
  private int counted;

  private boolean reached(Instant since, int max) {
    return tally.reached(
        "redis-down",
        since,
        max,
        () -> {
          counted++;
          return rows;
        });
  }

  private void add() {
    rows++;
    tally.added("redis-down");
  }

  @Test
  void tenThousandChanges_areCountedOnce() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(reached(NOON.plusMillis(i), 10_001)).isFalse();
      add();
    }
    assertThat(counted).isEqualTo(1);
    add();
    assertThat(reached(NOON.plusSeconds(20), 10_001)).isTrue();
    assertThat(counted).isEqualTo(2);
  }

  @Test
  void aLimitThatMayBeReached_isCountedAgain() {
    assertThat(reached(NOON, 2)).isFalse();
    add();
    add();
    rows--; // rolled back, or too old by now
    assertThat(reached(NOON.plusSeconds(1), 2)).isFalse();
    assertThat(counted).isEqualTo(2);
  }

  @Test
  void aClockThatWasSetBack_isCountedAgain() {
    assertThat(reached(NOON, 5)).isFalse();
    rows = 5; // before noon
    assertThat(reached(NOON.minusSeconds(60), 5)).isTrue();
  }
}
