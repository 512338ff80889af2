package dev.firebreak.observe;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;
import java.util.Set;

/** Counts what became of messages to the outside. */
public final class MessageMetrics {
  static final List<String> KINDS = List.of("notify", "ticket", Labels.OTHER);

  /** What a try to deliver a message ended with. */
  public enum Result {
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

  /** Counts one try. */
  public void count(String kind, Result result) {
    messages.labels(Labels.within(Set.copyOf(KINDS), kind), Labels.of(result)).inc();
  }
}
