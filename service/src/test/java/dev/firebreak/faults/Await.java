package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks again and again until something is so, for a bounded time. */
final class Await {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private Await() {}

  /** Something to look at. */
  interface Look<T> {
    T look() throws Exception;
  }

  static void until(String what, Look<Boolean> look) {
    boolean unused = until(what, look, seen -> seen);
  }

  static <T> T until(String what, Look<T> look, Predicate<T> good) {
    return until(what, PATIENCE, look, good);
  }

  static <T> T until(String what, Duration patience, Look<T> look, Predicate<T> good) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      T seen = seen(look);
      if (good.test(seen)) {
        return seen;
      }
      assertThat(System.nanoTime())
          .as(() -> "time until " + what + "; last seen: " + seen)
          .isLessThan(end);
      pause(100);
    }
  }

  private static <T> T seen(Look<T> look) {
    try {
      return look.look();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
