package dev.firebreak.observe;

import dev.firebreak.alert.Delivery;
import dev.firebreak.intake.IntakeListener;
import dev.firebreak.intake.IntakeRefused;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Counts webhooks, and the alerts in them. */
public final class WebhookMetrics {
  static final List<String> SOURCE_TYPES = List.of("alertmanager", "generic", Labels.OTHER);
  static final String ACCEPTED = "accepted";

  private final Counter webhooks;
  private final Counter alerts;

  WebhookMetrics(CollectorRegistry registry) {
    webhooks =
        Counter.build("firebreak_webhooks_total", "Webhooks taken in or refused, by why.")
            .labelNames("source_type", "result")
            .register(registry);
    alerts =
        Counter.build("firebreak_alerts_total", "Alerts of accepted webhooks, by what they did.")
            .labelNames("result")
            .register(registry);
    List<String> all = new ArrayList<>(Labels.of(IntakeRefused.Kind.values()));
    all.add(ACCEPTED);
    Labels.create(webhooks, SOURCE_TYPES, all);
    Labels.create(alerts, Labels.of(Delivery.Result.values()));
  }

  /**
   * Counts for an intake.
   *
   * @param typeOf the type of a configured source, by its name
   */
  public IntakeListener listener(Function<String, String> typeOf) {
    return new IntakeListener() {
      @Override
      public void received(Delivery delivery) {
        count(typeOf.apply(delivery.source()), ACCEPTED);
        delivery.outcomes().forEach(outcome -> alerts.labels(Labels.of(outcome.result())).inc());
      }

      @Override
      public void refused(String source, IntakeRefused.Kind kind) {
        count(source.isEmpty() ? Labels.OTHER : typeOf.apply(source), Labels.of(kind));
      }
    };
  }

  private void count(String sourceType, String result) {
    webhooks.labels(Labels.within(Set.copyOf(SOURCE_TYPES), sourceType), result).inc();
  }
}
