package dev.firebreak.observe;

import dev.firebreak.alert.Delivery;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Counts webhooks, and the alerts in them. */
public final class WebhookMetrics {
  static final List<String> SOURCE_TYPES = List.of("alertmanager", "generic", Labels.OTHER);
  static final String ACCEPTED = "accepted";

  private final Counter webhooks;
  private final Counter alerts;
  private final Set<String> results;

  WebhookMetrics(CollectorRegistry registry) {
    webhooks =
        Counter.build("firebreak_webhooks_total", "Webhooks taken in or refused, by why.")
            .labelNames("source_type", "result")
            .register(registry);
    alerts =
        Counter.build("firebreak_alerts_total", "Alerts of accepted webhooks, by what they did.")
            .labelNames("result")
            .register(registry);
    List<String> all = new ArrayList<>(List.of(ACCEPTED, Labels.OTHER));
    all.addAll(refusals());
    results = Set.copyOf(all);
    Labels.create(webhooks, SOURCE_TYPES, all);
    Labels.create(alerts, Labels.of(Delivery.Result.values()));
  }

  static List<String> refusals() {
    return List.of(
        "unknown_source",
        "unauthenticated",
        "media_type",
        "too_large",
        "unreadable",
        "unavailable",
        "unknown_delivery");
  }

  /** A webhook was committed. */
  public void accepted(String sourceType, Delivery delivery) {
    count(sourceType, ACCEPTED);
    delivery.outcomes().forEach(outcome -> alerts.labels(Labels.of(outcome.result())).inc());
  }

  /** A webhook was refused. */
  public void refused(String sourceType, Enum<?> why) {
    count(sourceType, Labels.within(results, Labels.of(why)));
  }

  private void count(String sourceType, String result) {
    webhooks.labels(Labels.within(Set.copyOf(SOURCE_TYPES), sourceType), result).inc();
  }
}
