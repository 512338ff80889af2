package dev.firebreak.app;

import dev.firebreak.core.Ledger;
import dev.firebreak.outbox.Outbox;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages of processes that are gone, which this one carries from now on. Thread-safe. */
final class LeftMessages {
  private static final Logger LOG = LoggerFactory.getLogger(LeftMessages.class);

  private final Ledger ledger;
  private final Outbox outbox;
  private final ScheduledExecutorService alarms;
  private final boolean shared;

  /**
   * @param shared whether somebody asks again each second; who is alone asks once, when it starts
   */
  LeftMessages(Ledger ledger, Outbox outbox, ScheduledExecutorService alarms, boolean shared) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.alarms = alarms;
    this.shared = shared;
  }

  /** Takes them all, some at a time; again in a second if they cannot be had. */
  void take() {
    Object unused =
        ledger
            .commit(outbox::takeOver)
            .whenComplete(
                (taken, fault) -> {
                  if (fault != null) {
                    notYet(fault);
                  } else if (taken > 0) {
                    LOG.info("carries {} messages that another node left", taken);
                    take();
                  }
                });
  }

  private void notYet(Throwable fault) {
    LOG.warn("messages that were left are not taken yet: {}", fault.getMessage());
    if (!shared) {
      Object unused = alarms.schedule(this::take, 1, TimeUnit.SECONDS);
    }
  }
}
