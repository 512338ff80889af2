package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.guard.storm.Storm;
import dev.firebreak.guard.storm.Storms;
import org.junit.jupiter.api.Test;

/** What every {@link Storms} must do. */
abstract class StormsContract extends Contract {
  abstract Storms storms();

  @Test
  void storm_standsUntilItIsEnded_andIsEndedOnce() {
    Storm storm = new Storm(NOON, "inc_1", "storm");
    write(tx -> storms().add(tx, storm));
    assertThat(list(tx -> storms().standing(tx))).contains(storm);
    assertThat(says(tx -> storms().end(tx, storm, NOON))).isTrue();
    assertThat(says(tx -> storms().end(tx, storm, NOON))).isFalse();
    assertThat(list(tx -> storms().standing(tx))).doesNotContain(storm);
  }
}
