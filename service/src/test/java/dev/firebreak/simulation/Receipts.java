package dev.firebreak.simulation;

import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.StoredAlert;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What senders were answered, and what must hold of it. */
final class Receipts {
  private final World world;
  private final Set<String> acknowledged = new HashSet<>();
  private final Set<String> resolved = new HashSet<>();
  private final Set<String> starts = new HashSet<>();

  Receipts(World world) {
    this.world = world;
  }

  private static String alert(Door.Said said) {
    return said.fingerprint() + " of " + said.since();
  }

  /** A sender has its answer. */
  void answered(Door.Said said, Delivery delivery) {
    acknowledged.add(delivery.id());
    MemoryTx now = world.store().look();
    world
        .laws()
        .check(
            world.store().deliveries.get(now, delivery.id()).isPresent(),
            "acknowledged and not stored: " + delivery.id());
    Optional<StoredAlert> kept =
        world.store().alerts().find(now, "sim", said.fingerprint(), said.since());
    world
        .laws()
        .check(kept.isPresent(), "acknowledged and the alert is not stored: " + alert(said));
    for (Delivery.Outcome outcome : delivery.outcomes()) {
      outcome
          .runs()
          .forEach(
              run ->
                  world
                      .laws()
                      .check(
                          world.store().runs.get(now, run).isPresent(),
                          "acknowledged and its run is not stored: " + run));
    }
  }

  /** These receipts were stored in one transaction, in an order nobody knows. */
  void committed(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> each(delivery, this::started));
    deliveries.forEach(delivery -> each(delivery, this::ended));
  }

  private static void each(Delivery delivery, BiConsumer<String, Delivery.Outcome> seen) {
    String body = new String(delivery.body(), StandardCharsets.UTF_8);
    String alert = field(body, "fingerprint") + " of " + field(body, "startsAt");
    delivery.outcomes().forEach(outcome -> seen.accept(alert, outcome));
  }

  private void started(String alert, Delivery.Outcome outcome) {
    if (outcome.result() == Delivery.Result.STARTED) {
      world.laws().check(starts.add(alert), "a repeat starts something: " + alert);
      world
          .laws()
          .check(
              !resolved.contains(alert), "a firing starts something after its resolve: " + alert);
    }
  }

  private void ended(String alert, Delivery.Outcome outcome) {
    if (outcome.status().equals("resolved")) {
      resolved.add(alert);
    }
  }

  private static String field(String body, String name) {
    int begin = body.indexOf('"' + name + "\": \"") + name.length() + 5;
    return body.substring(begin, body.indexOf('"', begin));
  }

  void atTheEnd(MemoryTx now) {
    acknowledged.forEach(
        id ->
            world
                .laws()
                .check(
                    world.store().deliveries.get(now, id).isPresent(),
                    "what was acknowledged is lost: " + id));
  }
}
