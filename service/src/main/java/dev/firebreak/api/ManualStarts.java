package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs by hand. Each start leaves a delivery, as an alert from outside would; one with an
 * idempotency key leaves an alert of its own as well, by which a repeat is known for ever.
 * Thread-safe.
 */
public final class ManualStarts {
  /** The source that alerts made by hand are of. */
  static final String SOURCE = "manual";

  private static final String MEDIA_TYPE = "application/json";

  private final ApiRecords records;
  private final ApiDesks desks;
  private final RunListener listener;
  private final Ids ids;
  private final InstantSource clock;

  /**
   * @param listener told of incidents opened and lines written, once they are durable
   */
  public ManualStarts(
      ApiRecords records, ApiDesks desks, RunListener listener, Ids ids, InstantSource clock) {
    this.records = records;
    this.desks = desks;
    this.listener = listener;
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
    Instant now = clock.instant();
    Alert alert = order.alert(SOURCE, by.name(), now);
    String incidentKey = order.incident() == null ? key(runbook, alert) : order.incident();
    Order whole = new Order(runbook, alert, incidentKey, body, by, now);
    if (key == null) {
      return Waiting.on(records.ledger().commit(tx -> begin(tx, whole).started()));
    }
    String fingerprint = StartOrder.fingerprint(Map.of("by", by.name(), "key", key));
    return Waiting.on(records.ledger().commit(tx -> once(tx, whole, fingerprint)));
  }

  private record Order(
      Runbook runbook, Alert alert, String incidentKey, byte[] body, Principal by, Instant now) {}

  private record Begun(Started started, String delivery) {}

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

  private Started once(Tx tx, Order order, String fingerprint) {
    Optional<StoredAlert> before =
        records.around().alerts().find(tx, SOURCE, fingerprint, Instant.EPOCH);
    if (before.isPresent()) {
      return repeat(tx, before.get(), order.body());
    }
    Begun begun = begin(tx, order);
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
    Delivery delivery = records.around().deliveries().find(tx, mark.firstDelivery()).orElseThrow();
    if (!Arrays.equals(delivery.body(), body)) {
      throw Refusals.conflict(
          "This Idempotency-Key was used for another order. Use a new key for each order.");
    }
    Delivery.Outcome outcome = delivery.outcomes().getFirst();
    return new Started(outcome.runs().getFirst(), String.valueOf(outcome.incident()), true);
  }

  private Begun begin(Tx tx, Order order) {
    Incident incident =
        records.incidents().openByKey(tx, order.incidentKey()).orElseGet(() -> open(tx, order));
    boolean joins = records.runs().live(tx, incident.id(), order.runbook().name()).isPresent();
    note(
        tx,
        incident,
        order,
        "delivery.received",
        "%s starts %s by hand".formatted(order.by().name(), order.runbook().name()));
    String run =
        desks
            .orders()
            .start(
                tx,
                incident,
                order.runbook(),
                order.alert().asModel(),
                order.by().actor(),
                order.now());
    return new Begun(
        new Started(run, incident.id(), false), receipt(tx, order, incident, run, joins));
  }

  private Incident open(Tx tx, Order order) {
    Incident incident =
        new Incident(
            ids.next("inc"),
            order.incidentKey(),
            order.alert().summary(),
            order.alert().severity(),
            order.runbook().owner(),
            Incident.Status.OPEN,
            order.now(),
            null,
            null,
            null,
            null);
    records.incidents().add(tx, incident);
    note(tx, incident, order, "incident.opened", "opened: " + incident.title());
    tx.afterCommit(() -> listener.changed(incident));
    return incident;
  }

  private String receipt(Tx tx, Order order, Incident incident, String run, boolean joins) {
    String id = ids.next("dlv");
    Delivery.Outcome outcome =
        new Delivery.Outcome(
            0,
            order.alert().fingerprint(),
            "firing",
            joins ? Delivery.Result.JOINED : Delivery.Result.STARTED,
            incident.id(),
            List.of(run),
            Map.of());
    records
        .around()
        .deliveries()
        .add(
            tx,
            new Delivery(
                id,
                SOURCE,
                order.now(),
                MEDIA_TYPE,
                order.body(),
                List.of(outcome),
                List.of("started by hand by " + order.by().name()),
                null));
    return id;
  }

  private void note(Tx tx, Incident incident, Order order, String kind, String text) {
    JournalEntry entry =
        records
            .journal()
            .append(
                tx,
                new JournalEntry.Note(
                    incident.id(),
                    order.now(),
                    order.by().actor().asText(),
                    kind,
                    null,
                    null,
                    text,
                    Map.of("runbook", order.runbook().name())));
    tx.afterCommit(() -> listener.recorded(entry));
  }
}
