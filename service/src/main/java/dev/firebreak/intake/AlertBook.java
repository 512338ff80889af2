package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that are known, within the transaction of one delivery: looked up at once, changed in
 * memory, and written at once by {@link #write}, so that a group of thousands holds up nobody.
 */
final class AlertBook {
  private final Tx tx;
  private final Alerts alerts;
  private final Ids ids;
  private final Incoming incoming;
  private final Map<String, TreeMap<Instant, StoredAlert>> known = new HashMap<>();
  private final Map<String, StoredAlert> added = new LinkedHashMap<>();
  private final Map<String, StoredAlert> changed = new LinkedHashMap<>();

  AlertBook(Tx tx, Alerts alerts, Ids ids, Incoming incoming) {
    this.tx = tx;
    this.alerts = alerts;
    this.ids = ids;
    this.incoming = incoming;
    List<Alert> said =
        incoming.parsed().items().stream()
            .filter(Parsed.Read.class::isInstance)
            .map(item -> ((Parsed.Read) item).alert())
            .toList();
    if (!said.isEmpty()) {
      lookUp(said);
    }
  }

  private void lookUp(List<Alert> said) {
    List<Instant> starts = said.stream().map(Alert::startsAt).sorted().toList();
    // A start that is not said may have to move: see add.
    Instant to = starts.getLast().plusSeconds(1);
    List<String> keys = said.stream().map(Alert::fingerprint).distinct().toList();
    alerts.known(tx, incoming.source(), keys, starts.getFirst(), to).forEach(this::keep);
  }

  private void keep(StoredAlert stored) {
    StoredAlert unused =
        known
            .computeIfAbsent(stored.alert().fingerprint(), key -> new TreeMap<>())
            .put(stored.alert().startsAt(), stored);
  }

  /** The alert that is meant: of this start, or the firing one when the start is not said. */
  Optional<StoredAlert> same(Parsed.Read read) {
    return read.startKnown() ? of(read.alert()) : firing(read.alert());
  }

  private Optional<StoredAlert> of(Alert alert) {
    return Optional.ofNullable(starts(alert).get(alert.startsAt()));
  }

  private TreeMap<Instant, StoredAlert> starts(Alert alert) {
    return known.getOrDefault(alert.fingerprint(), new TreeMap<>());
  }

  /** The firing alert of this fingerprint that began last, whatever its start. */
  Optional<StoredAlert> firing(Alert alert) {
    return starts(alert).descendingMap().values().stream()
        .filter(stored -> stored.alert().status() == Alert.Status.FIRING)
        .findFirst();
  }

  /** The firing alerts that came with this delivery's group before. */
  List<StoredAlert> firingInGroup(String groupKey) {
    write();
    return alerts.firingInGroup(tx, incoming.source(), groupKey);
  }

  /** A new alert; one whose start is not said begins at a moment at which no other began. */
  StoredAlert add(Parsed.Read read, @Nullable String incidentId) {
    Alert alert = read.alert();
    while (!read.startKnown() && of(alert).isPresent()) {
      alert = started(alert, alert.startsAt().plusMillis(1));
    }
    StoredAlert stored =
        new StoredAlert(
            ids.next("alr"), alert, incidentId, incoming.id(), incoming.at(), incoming.at(), 1);
    keep(stored);
    added.put(stored.id(), stored);
    return stored;
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
    keep(stored);
    (added.containsKey(stored.id()) ? added : changed).put(stored.id(), stored);
    return stored;
  }

  /** The alert belongs to one more incident than its first. */
  void link(StoredAlert alert, String incidentId) {
    alerts.link(tx, new Alerts.Link(alert.id(), incidentId));
  }

  /** Writes what was added and changed since the last time. */
  void write() {
    if (!added.isEmpty()) {
      alerts.addAll(tx, added.values());
    }
    if (!changed.isEmpty()) {
      alerts.updateAll(tx, changed.values());
    }
    join();
    added.clear();
    changed.clear();
  }

  private void join() {
    String key = incoming.parsed().groupKey();
    List<String> firing =
        java.util.stream.Stream.concat(added.values().stream(), changed.values().stream())
            .filter(stored -> stored.alert().status() == Alert.Status.FIRING)
            .map(StoredAlert::id)
            .toList();
    if (key != null && !firing.isEmpty()) {
      alerts.joinGroup(tx, firing, incoming.source(), key);
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
