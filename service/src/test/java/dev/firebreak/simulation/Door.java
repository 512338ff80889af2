package dev.firebreak.simulation;

import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.Headers;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.engine.EngineOrders;
import dev.firebreak.intake.Intake;
import dev.firebreak.intake.IntakeListener;
import dev.firebreak.intake.IntakeStores;
import dev.firebreak.intake.Post;
import dev.firebreak.intake.SourceAuth;
import dev.firebreak.intake.SourceSettings;
import dev.firebreak.intake.Sources;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where webhooks come in at one process: the real intake. */
final class Door {
  private static final Sources SOURCES =
      Sources.of(
          List.of(SourceSettings.alertmanager("sim", new SourceAuth.None(false))),
          new Secrets(Map.of(), name -> null, new Masker()));

  private final Intake intake;

  Door(World world, Ports ports, EngineOrders orders, Ids ids, InstantSource clock) {
    intake =
        new Intake(
            SOURCES,
            world.startable(),
            ports.ledger(),
            new IntakeStores(
                world.store().deliveries(),
                ports.alerts(),
                ports.incidents(),
                ports.runs(),
                ports.journal()),
            orders,
            new IntakeListener() {},
            new RunListener() {},
            ids,
            clock);
  }

  /** What a sender of alerts posts. */
  record Said(
      Runbook book, String host, String key, String fingerprint, boolean fires, Instant since) {
    @Override
    public String toString() {
      return "%s %s for %s since %s"
          .formatted(fingerprint, fires ? "fires" : "resolves", book.name(), since);
    }

    private String body() {
      String status = fires ? "firing" : "resolved";
      return """
      {"version": "4", "groupKey": "{}:%s", "status": "%s", "receiver": "firebreak",
       "truncatedAlerts": 0,
       "alerts": [{"status": "%s", "fingerprint": "%s", "startsAt": "%s", "endsAt": "%s",
         "labels": {"alertname": "Down", "book": "%s", "host": "%s", "key": "%s", "service": "shop"},
         "annotations": {"summary": "broken"}}]}
      """
          .formatted(
              fingerprint,
              status,
              status,
              fingerprint,
              since,
              fires ? "0001-01-01T00:00:00Z" : since.plusSeconds(60),
              book.name(),
              host,
              key);
    }
  }

  CompletableFuture<Delivery> receive(Said said) {
    return intake.receive(
        new Post(
            "sim",
            Headers.NONE,
            "application/json",
            said.body().getBytes(StandardCharsets.UTF_8),
            true));
  }
}
