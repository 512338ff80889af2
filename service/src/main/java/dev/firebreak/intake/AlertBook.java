package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts that are known, within the transaction of one delivery. */
final class AlertBook {
  private final Tx tx;
  private final Alerts alerts;
  private final Ids ids;
  private final Incoming incoming;

  AlertBook(Tx tx, Alerts alerts, Ids ids, Incoming incoming) {
    this.tx = tx;
    this.alerts = alerts;
    this.ids = ids;
    this.incoming = incoming;
  }

  /** The alert that is meant: of this start, or the firing one when the start is not said. */
  Optional<StoredAlert> same(Parsed.Read read) {
    Alert alert = read.alert();
    return read.startKnown()
        ? alerts.find(tx, alert.source(), alert.fingerprint(), alert.startsAt())
        : firing(alert);
  }

  /** The firing alert of this fingerprint, whatever its start. */
  Optional<StoredAlert> firing(Alert alert) {
    return alerts.latest(tx, alert.source(), alert.fingerprint());
  }

  /** The firing alerts that came with this delivery's group before. */
  List<StoredAlert> firingInGroup(String groupKey) {
    return alerts.firingInGroup(tx, incoming.source(), groupKey);
  }

  /** A new alert; one whose start is not said begins at a moment at which no other began. */
  StoredAlert add(Parsed.Read read, @Nullable String incidentId) {
    Alert alert = read.alert();
    while (!read.startKnown() && taken(alert)) {
      alert = started(alert, alert.startsAt().plusMillis(1));
    }
    StoredAlert stored =
        new StoredAlert(
            ids.next("alr"), alert, incidentId, incoming.id(), incoming.at(), incoming.at(), 1);
    alerts.add(tx, stored);
    join(stored);
    return stored;
  }

  private boolean taken(Alert alert) {
    return alerts.find(tx, alert.source(), alert.fingerprint(), alert.startsAt()).isPresent();
  }

  /** Notes that an alert was spoken of again, with the texts of today. */
  StoredAlert said(StoredAlert old, Alert said, @Nullable String incidentId) {
    StoredAlert stored =
        new StoredAlert(
            old.id(),
            said,
            incidentId,
            old.firstDelivery(),
            old.firstSeen(),
            incoming.at(),
            old.deliveries() + 1);
    alerts.update(tx, stored);
    join(stored);
    return stored;
  }

  private void join(StoredAlert stored) {
    String key = incoming.parsed().groupKey();
    if (key != null && stored.alert().status() == Alert.Status.FIRING) {
      alerts.joinGroup(tx, stored.id(), incoming.source(), key);
    }
  }

  /** What is said, of the alert that began at another time. */
  static Alert started(Alert said, Instant startsAt) {
    return with(said, said.status(), startsAt, said.endsAt());
  }

  /** What was said last, of an alert that is over. */
  static Alert ended(Alert said, @Nullable Instant endsAt) {
    return with(said, Alert.Status.RESOLVED, said.startsAt(), endsAt);
  }

  private static Alert with(
      Alert said, Alert.Status status, Instant startsAt, @Nullable Instant endsAt) {
    return new Alert(
        said.source(),
        said.fingerprint(),
        status,
        startsAt,
        endsAt,
        said.labels(),
        said.annotations(),
        said.severity(),
        said.summary(),
        said.link());
  }
}
