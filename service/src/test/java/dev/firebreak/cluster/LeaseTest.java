package dev.firebreak.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private final SettableClock wall = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Lease lease = new Lease("node_1", Duration.ofSeconds(10), wall, nanos::get);

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.advance(time);
  }

  @Test
  void neverGranted_doesNotHold() {
    assertThat(lease.holds()).isFalse();
    assertThat(lease.left()).isZero();
  }

  @Test
  void granted_holdsUntilShortlyBeforeOthersMayTakeOver() {
    lease.begin().run();
    passes(Duration.ofMillis(7_999));
    assertThat(lease.holds()).isTrue();
    passes(Duration.ofMillis(1));
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void slowRenewal_countsFromWhenItWasSent() {
    Runnable renewal = lease.begin();
    passes(Duration.ofSeconds(6));
    renewal.run();
    passes(Duration.ofSeconds(2));
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void clockOfTheWallIsSetBack_changesNothing() {
    lease.begin().run();
    wall.advance(Duration.ofHours(-1));
    nanos.addAndGet(Duration.ofSeconds(8).toNanos());
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void machineWasSuspended_monotonicClockStoodStill_isOver() {
    lease.begin().run();
    wall.advance(Duration.ofMinutes(5));
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void lost_isOverAtOnce() {
    lease.begin().run();
    lease.lost();
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void forever_holds() {
    assertThat(Lease.forever("node_1").holds()).isTrue();
  }
}
