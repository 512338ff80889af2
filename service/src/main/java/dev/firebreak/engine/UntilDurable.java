package dev.firebreak.engine;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what nobody waits for and must not be lost: it is tried again until it is durable, or
 * this process ends. The work is to find out by itself whether it was done before. Thread-safe.
 */
final class UntilDurable {
  private static final Logger LOG = LoggerFactory.getLogger(UntilDurable.class);
  private static final long REPEAT_MILLIS = 1_000;

  private final Ledger ledger;
  private final ScheduledExecutorService alarms;

  UntilDurable(Ledger ledger, ScheduledExecutorService alarms) {
    this.ledger = ledger;
    this.alarms = alarms;
  }

  /**
   * Returns at once.
   *
   * @param what the log calls it
   */
  void commit(String what, Function<Tx, ?> work) {
    Object unused =
        ledger
            .commit(work::apply)
            .whenComplete(
                (done, fault) -> {
                  if (fault != null) {
                    failed(what, work, fault);
                  }
                });
  }

  private void failed(String what, Function<Tx, ?> work, Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    if (!(fault instanceof StoreUnavailable || cause instanceof StoreUnavailable)) {
      LOG.error("a turn of {} broke; the run stands as it was", what, cause);
      return;
    }
    LOG.warn("{} could not be recorded, will be tried again: {}", what, cause.getMessage());
    try {
      Object unused =
          alarms.schedule(() -> commit(what, work), REPEAT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.info("{} is left for the next start: this process stops", what);
    }
  }
}
