package dev.firebreak.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;

/**
 * Questions to a server that are under way beside a stage, whose own time does not wait for them.
 */
final class Calls {
  private static final long PATIENCE_SECONDS = 60;

  private Calls() {}

  /** Until each call of the client, and of those made from it, is answered or has failed. */
  static void awaitAnswers(OkHttpClient http) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (http.dispatcher().queuedCallsCount() + http.dispatcher().runningCallsCount() > 0) {
      assertThat(System.nanoTime()).as("time until all calls are answered").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
