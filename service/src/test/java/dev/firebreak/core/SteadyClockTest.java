package dev.firebreak.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Instant wall = NOON;
  private long nanos = 42;
  private long boot = 4_242;
  private final List<SteadyClock.Jump> jumps = new ArrayList<>();
  private final SteadyClock clock =
      new SteadyClock(() -> wall, () -> nanos, () -> boot, jumps::add);

  /** Time goes by as it should, looked at twice a second. */
  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 500) {
      nanos += 500_000_000;
      boot += 500_000_000;
      wall = wall.plusMillis(500);
      Instant unused = clock.instant();
    }
  }

  @Test
  void undisturbed_isTheWallClock() {
    pass(Duration.ofMinutes(10));
    assertThat(clock.instant()).isEqualTo(wall).isEqualTo(NOON.plusSeconds(600));
    assertThat(clock.offset()).isZero();
    assertThat(jumps).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600, -3_600, 31_536_000, -31_536_000})
  void jump_isToldOnceAndFollowedSlowly(long seconds) {
    wall = wall.plusSeconds(seconds);
    pass(Duration.ofMinutes(10));
    assertThat(jumps).hasSize(1);
    assertThat(jumps.getFirst().by().minusSeconds(seconds).abs()).isLessThan(Duration.ofSeconds(1));
    Duration passed = Duration.between(NOON, clock.instant());
    assertThat(passed).isBetween(Duration.ofSeconds(569), Duration.ofSeconds(631));
    assertThat(clock.offset().abs()).isGreaterThan(Duration.ofMinutes(50));
  }

  @Test
  void jump_isMadeUpForInADay() {
    wall = wall.plusSeconds(3_600);
    pass(Duration.ofHours(24));
    assertThat(clock.offset().abs()).isLessThan(Duration.ofSeconds(1));
    assertThat(jumps).hasSize(1);
  }

  @Test
  void jumpBack_neverMakesItGoBack() {
    Instant last = clock.instant();
    for (int i = 0; i < 200; i++) {
      wall = wall.minusSeconds(i);
      nanos += 700_000_000L * (i % 2);
      boot = nanos;
      assertThat(clock.instant()).isAfterOrEqualTo(last);
      last = clock.instant();
    }
  }

  @Test
  void machineThatSlept_isBelievedAtOnce() {
    pass(Duration.ofSeconds(5));
    boot += Duration.ofHours(1).toNanos();
    wall = wall.plusSeconds(3_600);
    pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(wall);
    assertThat(jumps).isEmpty();
  }

  @Test
  void processThatStoodStill_isNoJump() {
    nanos += Duration.ofMinutes(5).toNanos();
    boot += Duration.ofMinutes(5).toNanos();
    wall = wall.plusSeconds(300);
    assertThat(clock.instant()).isEqualTo(wall);
    assertThat(jumps).isEmpty();
  }
}
