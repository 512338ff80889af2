package dev.firebreak.observe;

import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.OutboxListener;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Counts what became of messages to the outside. */
public final class MessageMetrics implements OutboxListener {
  static final List<String> KINDS = List.of("notify", "ticket", "gate-outcome", Labels.OTHER);

  /** What a try to deliver a message ended with. */
  enum Result {
    DELIVERED,
    /** It is tried again. */
    FAILED,
    /** It is not tried again. */
    GIVEN_UP
  }

  private final Counter messages;

  MessageMetrics(CollectorRegistry registry) {
    messages =
        Counter.build("firebreak_messages_total", "Tries to deliver a message, by how they ended.")
            .labelNames("kind", "result")
            .register(registry);
    Labels.create(messages, KINDS, Labels.of(Result.values()));
  }

  @Override
  public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
    tx.afterCommit(() -> count(entry, Result.DELIVERED));
  }

  @Override
  public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
    tx.afterCommit(() -> count(entry, Result.FAILED));
  }

  @Override
  public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
    tx.afterCommit(() -> count(entry, Result.GIVEN_UP));
  }

  private void count(Outbox.Entry entry, Result result) {
    String kind = Labels.within(Set.copyOf(KINDS), entry.message().kind());
    messages.labels(kind, Labels.of(result)).inc();
  }
}
