package dev.firebreak.api;

import dev.firebreak.alert.Deliveries;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Masker;
import dev.firebreak.engine.Rush;
import dev.firebreak.intake.Intake;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Registers the resources that take deliveries in and show them, beside {@link ApiRoom}. */
public final class WebhookRoom {
  /** Alertmanager gives up after its group_interval, others after 10 to 15 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private WebhookRoom() {}

  /**
   * To be called once, while the service starts.
   *
   * @param answers writes the answers of webhooks: one virtual thread for each is fine
   * @param rush told of senders that wait
   */
  public static void register(
      JerseyEnvironment jersey,
      Intake intake,
      Ledger ledger,
      Deliveries deliveries,
      Masker masker,
      Executor answers,
      Rush rush) {
    jersey.register(new WebhookResource(intake, answers, rush, PATIENCE));
    jersey.register(new DeliveriesResource(intake, ledger, deliveries, masker));
  }
}
