package dev.firebreak.observe;

import dev.firebreak.run.RunListener;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;

/**
 * All counters of the service. Labels come from closed sets only, and every series is there at zero
 * from the start, so that an alert on its growth sees the first event. Thread-safe.
 */
public final class Metrics {
  private final CollectorRegistry registry;
  private final RunMetrics runs;
  private final MessageMetrics messages;
  private final WebhookMetrics webhooks;
  private final LedgerMetrics ledger;
  private final StateMetrics state;

  /** Metrics in a registry of their own, with those of the Java machine. */
  public Metrics() {
    this(new CollectorRegistry());
    DefaultExports.register(registry);
  }

  Metrics(CollectorRegistry registry) {
    this.registry = registry;
    runs = new RunMetrics(registry);
    messages = new MessageMetrics(registry);
    webhooks = new WebhookMetrics(registry);
    ledger = new LedgerMetrics(registry);
    state = new StateMetrics(registry);
  }

  /** Counts runs, steps, guards and gates; to be given to the engine and to intake. */
  public RunListener runs() {
    return runs;
  }

  /** Counts messages. */
  public MessageMetrics messages() {
    return messages;
  }

  /** Counts webhooks and alerts. */
  public WebhookMetrics webhooks() {
    return webhooks;
  }

  /** Measures commits. */
  public LedgerMetrics ledger() {
    return ledger;
  }

  /** What is read when somebody asks. */
  public StateMetrics state() {
    return state;
  }

  CollectorRegistry registry() {
    return registry;
  }
}
