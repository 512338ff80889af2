package dev.firebreak.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an order on the request's own thread, so that no answer is written on the ledger's. */
final class Waiting {
  private static final long SECONDS = 10;

  private Waiting() {}

  /** What the order brought; its own exception when it failed. */
  static <T> T on(CompletableFuture<T> order) {
    try {
      return order.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (TimeoutException e) {
      throw unconfirmed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unconfirmed();
    }
  }

  private static ProblemException unconfirmed() {
    return new ProblemException(
        Problem.of(
            504,
            "not-confirmed",
            "Not confirmed yet",
            "The order was given but is not on record after %d seconds. Read again to see whether"
                    .formatted(SECONDS)
                + " it was followed before you give it again."));
  }
}
