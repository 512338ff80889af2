package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs by hand. Each start leaves a delivery, as an alert from outside would; one with an
 * idempotency key leaves an alert of its own as well, by which a repeat is known as long as it is
 * kept. Thread-safe.
 */
public final class ManualStarts {
  /** The source that alerts made by hand are of. */
  static final String SOURCE = "manual";

  private final ApiRecords records;
  private final ApiDesks desks;
  private final ManualOpening opening;
  private final Ids ids;
  private final InstantSource clock;

  /**
   * @param listener told of incidents opened and lines written, once they are durable
   */
  public ManualStarts(
      ApiRecords records, ApiDesks desks, RunListener listener, Ids ids, InstantSource clock) {
    this.records = records;
    this.desks = desks;
    this.opening = new ManualOpening(records, desks.orders(), listener, ids);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What became of an order to start.
   *
   * @param repeated whether this very order was given before
   */
  record Started(String run, String incident, boolean repeated) {}

  /**
   * Starts a run, or finds the live one of the same incident.
   *
   * @param key of idempotency, or null
   * @param body the order as it was sent
   */
  Started start(StartOrder order, @Nullable String key, byte[] body, Principal by) {
    Runbook runbook =
        desks
            .runbooks()
            .current(order.runbook())
            .orElseThrow(() -> Refusals.notFound("runbook", order.runbook()));
    checkInputs(runbook, order.inputs());
    if (runbook.on() == Trigger.CALLED && order.incident() == null) {
      throw Refusals.field("incident", "is required: no alert starts this runbook by itself");
    }
    Instant now = clock.instant();
    Alert alert = order.alert(SOURCE, by.name(), now);
    String incidentKey = order.incident() == null ? key(runbook, alert) : order.incident();
    ManualOrder whole = new ManualOrder(runbook, alert, order.inputs(), incidentKey, body, by, now);
    if (key == null) {
      return Waiting.on(records.ledger().commit(tx -> opening.begin(tx, whole).started()));
    }
    String fingerprint = StartOrder.fingerprint(Map.of("by", by.name(), "key", key));
    return Waiting.on(records.ledger().commit(tx -> once(tx, whole, fingerprint)));
  }

  private static void checkInputs(Runbook runbook, Map<String, Object> inputs) {
    try {
      Object unused = runbook.contract().filled(inputs);
    } catch (IllegalArgumentException e) {
      throw Refusals.field("inputs", "do not fit '" + runbook.name() + "': " + e.getMessage());
    }
  }

  private static String key(Runbook runbook, Alert alert) {
    try {
      String key = runbook.on().incident().render(Map.of("alert", alert.asModel())).strip();
      if (key.isEmpty()) {
        throw Refusals.field("incident", "is required: the runbook's own key is empty for it");
      }
      return key;
    } catch (ExpressionException e) {
      throw Refusals.field(
          "alert", "lacks what the runbook's incident key needs: " + e.getMessage());
    }
  }

  private Started once(Tx tx, ManualOrder order, String fingerprint) {
    Optional<StoredAlert> before =
        records.around().alerts().find(tx, SOURCE, fingerprint, Instant.EPOCH);
    if (before.isPresent()) {
      return repeat(tx, before.get(), order.body());
    }
    ManualOpening.Begun begun = opening.begin(tx, order);
    Alert mark =
        new Alert(
            SOURCE,
            fingerprint,
            Alert.Status.RESOLVED,
            Instant.EPOCH,
            order.now(),
            Map.of(),
            Map.of(),
            null,
            "an order with an idempotency key",
            null);
    records
        .around()
        .alerts()
        .add(
            tx,
            new StoredAlert(
                ids.next("alr"), mark, null, begun.delivery(), order.now(), order.now(), 1));
    return begun.started();
  }

  private Started repeat(Tx tx, StoredAlert mark, byte[] body) {
    Delivery delivery =
        records
            .around()
            .deliveries()
            .find(tx, mark.firstDelivery())
            .orElseThrow(
                () ->
                    Refusals.conflict(
                        "This Idempotency-Key was used so long ago that it is no longer kept what"
                            + " came of it. Use a new key for each order."));
    if (!Arrays.equals(delivery.body(), body)) {
      throw Refusals.conflict(
          "This Idempotency-Key was used for another order. Use a new key for each order.");
    }
    Delivery.Outcome outcome = delivery.outcomes().getFirst();
    return new Started(outcome.runs().getFirst(), String.valueOf(outcome.incident()), true);
  }
}
