package dev.firebreak.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrankTest {
  @Test
  void turnThatBreaks_isTriedAgain_andStopsNoOther() throws InterruptedException {
    CountDownLatch broken = new CountDownLatch(2);
    CountDownLatch healthy = new CountDownLatch(2);
    try (Crank crank =
        new Crank(
            "crank",
            InstantSource.system(),
            List.of(
                now -> {
                  broken.countDown();
                  throw new IllegalStateException("on purpose");
                },
                now -> {
                  healthy.countDown();
                  return Optional.empty();
                }))) {
      crank.start();
      crank.wake();
      assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(healthy.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void crankThatNeverTurned_isClosed() {
    new Crank("crank", InstantSource.system(), List.of()).close();
  }

  @Test
  void dueTime_isWaitedFor_andWakingComesFirst() throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    Instant far = Instant.now().plus(Duration.ofDays(1));
    try (Crank crank =
        new Crank(
            "crank",
            InstantSource.system(),
            List.of(
                now -> {
                  three.countDown();
                  return turns.incrementAndGet() == 1
                      ? Optional.of(now.plusMillis(20))
                      : Optional.of(far);
                }))) {
      crank.start();
      while (turns.get() < 2) {
        Thread.onSpinWait();
      }
      crank.wake();
      assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(crank.lastTurn()).isAfter(Instant.EPOCH);
    }
  }

  @Test
  void calendar_callsAgainAndAgain_alsoAfterAFault() throws InterruptedException {
    CountDownLatch calls = new CountDownLatch(3);
    try (Calendar calendar = Calendar.alone("test")) {
      calendar.every(
          "work",
          Duration.ofMillis(20),
          () -> {
            calls.countDown();
            throw new IllegalStateException("on purpose");
          });
      calendar.start();
      assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
