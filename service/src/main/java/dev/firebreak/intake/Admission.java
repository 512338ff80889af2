package dev.firebreak.intake;

import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.Parsed;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a delivery does to the state, inside its transaction: look-ups and writes only. Thread-safe.
 */
final class Admission {
  private final IntakeStores stores;
  private final Orders orders;
  private final RunListener listener;
  private final Ids ids;

  Admission(IntakeStores stores, Orders orders, RunListener listener, Ids ids) {
    this.stores = stores;
    this.orders = orders;
    this.listener = listener;
    this.ids = ids;
  }

  IntakeStores stores() {
    return stores;
  }

  Delivery admit(Tx tx, Incoming incoming) {
    Chronicle chronicle = new Chronicle(tx, stores.journal(), listener, incoming);
    Openings openings = new Openings(tx, stores, orders, listener, ids, incoming, chronicle);
    AlertBook book = new AlertBook(tx, stores.alerts(), ids, incoming);
    Endings endings = new Endings(book, openings, chronicle, incoming);
    Firings firings = new Firings(book, openings, endings, chronicle);
    List<Delivery.Outcome> outcomes = new ArrayList<>();
    List<Parsed.Item> items = incoming.parsed().items();
    for (int i = 0; i < items.size(); i++) {
      outcomes.add(outcome(items.get(i), incoming.matches().get(i), firings, endings));
    }
    List<String> notes = new ArrayList<>(incoming.parsed().notes());
    notes.addAll(Notes.of(incoming.parsed(), endings.ofGroup()));
    book.write();
    openings.settle();
    chronicle.close();
    Delivery delivery = delivery(incoming, outcomes, notes);
    stores.deliveries().add(tx, delivery);
    return delivery;
  }

  private static Delivery.Outcome outcome(
      Parsed.Item item, Matches matches, Firings firings, Endings endings) {
    return switch (item) {
      case Parsed.Faulty faulty ->
          new Delivery.Outcome(
              faulty.index(),
              faulty.fingerprint(),
              "invalid",
              Delivery.Result.QUARANTINED,
              null,
              List.of(),
              Map.of("alert", faulty.reason()));
      case Parsed.Read read ->
          switch (read.alert().status()) {
            case FIRING -> firings.take(read, matches);
            case RESOLVED -> endings.take(read);
          };
    };
  }

  private static Delivery delivery(
      Incoming incoming, List<Delivery.Outcome> outcomes, List<String> notes) {
    return new Delivery(
        incoming.id(),
        incoming.source(),
        incoming.at(),
        incoming.mediaType(),
        incoming.body(),
        outcomes,
        notes,
        incoming.replayOf());
  }
}
