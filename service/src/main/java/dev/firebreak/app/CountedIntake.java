package dev.firebreak.app;

import dev.firebreak.alert.Delivery;
import dev.firebreak.intake.IntakeListener;
import dev.firebreak.intake.IntakeRefused;
import dev.firebreak.intake.SourceSettings;
import dev.firebreak.observe.WebhookMetrics;
import java.util.List;

/** Counts webhooks by the kind of their source. */
record CountedIntake(WebhookMetrics metrics, List<SourceSettings> sources)
    implements IntakeListener {
  @Override
  public void received(Delivery delivery) {
    metrics.accepted(kind(delivery.source()), delivery);
  }

  @Override
  public void refused(String source, IntakeRefused.Kind kind) {
    metrics.refused(kind(source), kind);
  }

  private String kind(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .map(SourceSettings::type)
        .findFirst()
        .orElse("unknown");
  }
}
