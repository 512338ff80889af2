package dev.firebreak.outbox;

import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works out what one try of a message means, and how it is written down. */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final int MAX_ERROR = 1_000;

  private final Outbox outbox;
  private final OutboxListener listener;
  private final Patience patience;

  Settling(Outbox outbox, OutboxListener listener, Patience patience) {
    this.outbox = outbox;
    this.listener = listener;
    this.patience = patience;
  }

  /** What to commit for a message that arrived. */
  Consumer<Tx> delivered(Outbox.Entry entry, String receipt, Instant at) {
    LOG.info("delivered {} {}: {}", entry.message().kind(), entry.message().key(), receipt);
    return tx -> {
      outbox.delivered(tx, entry.message().key(), receipt, at);
      listener.delivered(tx, entry, receipt, at);
    };
  }

  /** What to commit for a message that did not arrive. */
  Consumer<Tx> failed(Outbox.Entry entry, RuntimeException fault, Instant at) {
    String error = wording(fault);
    if (fault instanceof CourierException refused && refused.permanent()) {
      return givenUp(entry, error, at);
    }
    int attempts = entry.attempts() + 1;
    return patience
        .next(entry.createdAt(), attempts, at)
        .map(next -> again(entry, error, next, at))
        .orElseGet(() -> givenUp(entry, late(entry, attempts, at) + error, at));
  }

  private Consumer<Tx> again(Outbox.Entry entry, String error, Instant next, Instant at) {
    LOG.warn(
        "not delivered, tried again at {}: {} {}: {}",
        next,
        entry.message().kind(),
        entry.message().key(),
        error);
    return tx -> {
      outbox.failed(tx, entry.message().key(), error, next, at);
      listener.failed(tx, entry, error, next, at);
    };
  }

  private Consumer<Tx> givenUp(Outbox.Entry entry, String error, Instant at) {
    LOG.error(
        "UNDELIVERED and given up: {} {} of {}: {}",
        entry.message().kind(),
        entry.message().key(),
        entry.incidentId(),
        error);
    return tx -> {
      outbox.failed(tx, entry.message().key(), error, null, at);
      listener.givenUp(tx, entry, error, at);
    };
  }

  private static String late(Outbox.Entry entry, int attempts, Instant at) {
    return "given up after %d hours and %d tries; the last said: "
        .formatted(Duration.between(entry.createdAt(), at).toHours(), attempts);
  }

  private static String wording(RuntimeException fault) {
    String said = Objects.requireNonNullElse(fault.getMessage(), "");
    String text =
        fault instanceof CourierException
            ? said
            : "the courier broke: " + fault.getClass().getSimpleName() + ": " + said;
    return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) + "…" : text;
  }
}
