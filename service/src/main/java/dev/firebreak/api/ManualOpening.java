package dev.firebreak.api;

import dev.firebreak.alert.Delivery;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.util.List;
import java.util.Map;

/**
 * What an order to start a run by hand does to the state, inside its transaction: the incident it
 * joins or opens, the run, the lines on the record, the receipt.
 */
final class ManualOpening {
  private static final String MEDIA_TYPE = "application/json";

  private final ApiRecords records;
  private final Orders orders;
  private final RunListener listener;
  private final Ids ids;

  ManualOpening(ApiRecords records, Orders orders, RunListener listener, Ids ids) {
    this.records = records;
    this.orders = orders;
    this.listener = listener;
    this.ids = ids;
  }

  /** What was begun, and the delivery that tells of it. */
  record Begun(ManualStarts.Started started, String delivery) {}

  Begun begin(Tx tx, ManualOrder order) {
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
        orders.start(tx, incident, order.runbook(), order.facts(), order.by().actor(), order.now());
    return new Begun(
        new ManualStarts.Started(run, incident.id(), false),
        receipt(tx, order, incident, run, joins));
  }

  private Incident open(Tx tx, ManualOrder order) {
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

  private String receipt(Tx tx, ManualOrder order, Incident incident, String run, boolean joins) {
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
                ManualStarts.SOURCE,
                order.now(),
                MEDIA_TYPE,
                order.body(),
                List.of(outcome),
                List.of("started by hand by " + order.by().name()),
                null));
    return id;
  }

  private void note(Tx tx, Incident incident, ManualOrder order, String kind, String text) {
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
