package dev.firebreak.observe;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Measures how long commits take, and counts those that could not be made durable. */
public final class LedgerMetrics {
  private final Histogram seconds;
  private final Counter failures;

  LedgerMetrics(CollectorRegistry registry) {
    seconds =
        Histogram.build(
                "firebreak_commit_seconds", "From the wish to commit to durable, with the queue.")
            .buckets(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .register(registry);
    failures =
        Counter.build("firebreak_commit_failures_total", "Commits that could not be made durable.")
            .register(registry);
  }

  /** The same ledger, measured. */
  public Ledger measured(Ledger ledger) {
    return new Measured(ledger);
  }

  private final class Measured implements Ledger {
    private final Ledger ledger;

    Measured(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
      Histogram.Timer timer = seconds.startTimer();
      return ledger
          .commit(work)
          .whenComplete(
              (done, failed) -> {
                double ignored = timer.observeDuration();
                if (failed instanceof StoreUnavailable) {
                  failures.inc();
                }
              });
    }

    @Override
    public <T> T read(Function<Tx, T> query) {
      return ledger.read(query);
    }
  }
}
