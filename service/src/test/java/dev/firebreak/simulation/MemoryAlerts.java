package dev.firebreak.simulation;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Alerts in memory; source, fingerprint and start are unique. */
final class MemoryAlerts implements Alerts {
  private final MemoryStore store;

  MemoryAlerts(MemoryStore store) {
    this.store = store;
  }

  private static String key(String source, String fingerprint, Instant startsAt) {
    return source + '|' + fingerprint + '|' + startsAt;
  }

  private static boolean fires(StoredAlert it) {
    return it.alert().status() == Alert.Status.FIRING;
  }

  private static Predicate<StoredAlert> from(String source) {
    return it -> it.alert().source().equals(source);
  }

  @Override
  public Optional<StoredAlert> find(Tx tx, String source, String fingerprint, Instant startsAt) {
    return store
        .alertKeys
        .get(tx, key(source, fingerprint, startsAt))
        .flatMap(id -> store.alerts.get(tx, id));
  }

  @Override
  public Optional<StoredAlert> latest(Tx tx, String source, String fingerprint) {
    return store
        .alerts
        .rows(tx)
        .filter(from(source).and(MemoryAlerts::fires))
        .filter(it -> it.alert().fingerprint().equals(fingerprint))
        .max(Comparator.comparing(it -> it.alert().startsAt()));
  }

  @Override
  public int firings(Tx tx, String source, String fingerprint, Instant since) {
    return (int)
        store
            .alerts
            .rows(tx)
            .filter(from(source))
            .filter(it -> it.alert().fingerprint().equals(fingerprint))
            .filter(it -> it.alert().startsAt().isAfter(since))
            .count();
  }

  @Override
  public void add(Tx tx, StoredAlert alert) {
    Alert said = alert.alert();
    store.alertKeys.insert(tx, key(said.source(), said.fingerprint(), said.startsAt()), alert.id());
    store.alerts.insert(tx, alert.id(), alert);
  }

  @Override
  public void update(Tx tx, StoredAlert alert) {
    store.alerts.lock(tx, alert.id());
    if (store.alerts.get(tx, alert.id()).isEmpty()) {
      throw new IllegalStateException("there is no alert " + alert.id());
    }
    store.alerts.put(tx, alert.id(), alert);
    if (!fires(alert)) {
      store.groups.all(tx).keySet().stream()
          .filter(key -> key.endsWith('|' + alert.id()))
          .toList()
          .forEach(key -> store.groups.remove(tx, key));
    }
  }

  @Override
  public List<StoredAlert> ofIncident(Tx tx, String incidentId) {
    return Stream.concat(
            store.alerts.rows(tx).filter(it -> incidentId.equals(it.incidentId())),
            store
                .links
                .rows(tx)
                .filter(link -> link.incidentId().equals(incidentId))
                .map(link -> store.alerts.get(tx, link.alertId()).orElseThrow()))
        .sorted(Comparator.comparing(StoredAlert::id))
        .toList();
  }

  @Override
  public List<StoredAlert> since(Tx tx, String incidentId, Instant after, int limit) {
    return ofIncident(tx, incidentId).reversed().stream()
        .filter(it -> it.firstSeen().isAfter(after))
        .limit(limit)
        .toList();
  }

  @Override
  public int firing(Tx tx, String incidentId) {
    return (int) ofIncident(tx, incidentId).stream().filter(MemoryAlerts::fires).count();
  }

  @Override
  public List<StoredAlert> firingInGroup(Tx tx, String source, String groupKey) {
    return store.groups.under(tx, source + '|' + groupKey + '|').stream()
        .map(id -> store.alerts.get(tx, id).orElseThrow())
        .filter(MemoryAlerts::fires)
        .toList();
  }

  @Override
  public void joinGroup(Tx tx, String alertId, String source, String groupKey) {
    boolean unused = store.groups.add(tx, source + '|' + groupKey + '|' + alertId, alertId);
  }

  @Override
  public List<StoredAlert> known(
      Tx tx, String source, Collection<String> fingerprints, Instant from, Instant to) {
    return store
        .alerts
        .rows(tx)
        .filter(from(source))
        .filter(it -> fingerprints.contains(it.alert().fingerprint()))
        .filter(
            it ->
                fires(it)
                    || !it.alert().startsAt().isBefore(from) && !it.alert().startsAt().isAfter(to))
        .toList();
  }

  @Override
  public void addAll(Tx tx, Collection<StoredAlert> alerts) {
    alerts.forEach(alert -> add(tx, alert));
  }

  @Override
  public void updateAll(Tx tx, Collection<StoredAlert> alerts) {
    alerts.forEach(alert -> update(tx, alert));
  }

  @Override
  public void joinGroup(Tx tx, Collection<String> alertIds, String source, String groupKey) {
    alertIds.forEach(id -> joinGroup(tx, id, source, groupKey));
  }

  @Override
  public void link(Tx tx, Link link) {
    boolean unused = store.links.add(tx, link.alertId() + '|' + link.incidentId(), link);
  }

  @Override
  public List<Link> links(Tx tx, Collection<String> alertIds) {
    return store.links.rows(tx).filter(link -> alertIds.contains(link.alertId())).toList();
  }

  /** All that fire, of any incident. */
  static List<StoredAlert> firing(MemoryStore store, Tx tx) {
    return store
        .alerts
        .rows(tx)
        .filter(MemoryAlerts::fires)
        .filter(it -> Objects.nonNull(it.incidentId()))
        .toList();
  }
}
