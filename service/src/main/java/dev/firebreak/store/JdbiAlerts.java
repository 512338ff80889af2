package dev.firebreak.store;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Alerts in a table; a unique row decides that one is new. */
final class JdbiAlerts implements Alerts {
  @Override
  public Optional<StoredAlert> find(Tx tx, String source, String fingerprint, Instant startsAt) {
    return sql(tx).find(source, Keys.bounded(fingerprint), startsAt).map(AlertSql.Row::toAlert);
  }

  @Override
  public Optional<StoredAlert> latest(Tx tx, String source, String fingerprint) {
    return sql(tx).latest(source, Keys.bounded(fingerprint)).map(AlertSql.Row::toAlert);
  }

  @Override
  public int firings(Tx tx, String source, String fingerprint, Instant since) {
    return StoreTx.sql(tx, AlertSql.class).firings(source, Keys.bounded(fingerprint), since);
  }

  @Override
  public void add(Tx tx, StoredAlert alert) {
    sql(tx).insert(AlertSql.Row.of(alert));
  }

  @Override
  public void update(Tx tx, StoredAlert alert) {
    if (sql(tx).update(AlertSql.Row.of(alert)) == 0) {
      throw new IllegalStateException("there is no alert " + alert.id());
    }
    if (alert.alert().status() == Alert.Status.RESOLVED) {
      sql(tx).leave(alert.id());
    }
  }

  @Override
  public List<StoredAlert> ofIncident(Tx tx, String incidentId) {
    return alerts(sql(tx).ofIncident(incidentId));
  }

  @Override
  public List<StoredAlert> since(Tx tx, String incidentId, Instant after, int limit) {
    return alerts(sql(tx).since(incidentId, after, limit));
  }

  @Override
  public int firing(Tx tx, String incidentId) {
    return sql(tx).firing(incidentId);
  }

  @Override
  public List<StoredAlert> firingInGroup(Tx tx, String source, String groupKey) {
    return alerts(sql(tx).firingInGroup(source, Keys.bounded(groupKey)));
  }

  @Override
  public void joinGroup(Tx tx, String alertId, String source, String groupKey) {
    sql(tx).join(source, Keys.bounded(groupKey), alertId);
  }

  @Override
  public List<StoredAlert> known(
      Tx tx, String source, Collection<String> fingerprints, Instant from, Instant to) {
    String[] keys = fingerprints.stream().map(Keys::bounded).distinct().toArray(String[]::new);
    return alerts(sql(tx).known(source, keys, from, to));
  }

  @Override
  public void addAll(Tx tx, Collection<StoredAlert> alerts) {
    sql(tx).insertAll(rows(alerts));
  }

  @Override
  public void updateAll(Tx tx, Collection<StoredAlert> alerts) {
    for (int changed : sql(tx).updateAll(rows(alerts))) {
      if (changed == 0) {
        throw new IllegalStateException("an alert is not there any more");
      }
    }
    sql(tx)
        .leaveAll(
            alerts.stream()
                .filter(it -> it.alert().status() == Alert.Status.RESOLVED)
                .map(StoredAlert::id)
                .toList());
  }

  @Override
  public void joinGroup(Tx tx, Collection<String> alertIds, String source, String groupKey) {
    sql(tx).joinAll(source, Keys.bounded(groupKey), alertIds);
  }

  @Override
  public void link(Tx tx, Link link) {
    sql(tx).link(link.alertId(), link.incidentId());
  }

  @Override
  public List<Link> links(Tx tx, Collection<String> alertIds) {
    return sql(tx).links(alertIds.toArray(String[]::new)).stream()
        .map(row -> new Link(row.alertId(), row.incidentId()))
        .toList();
  }

  private static List<AlertSql.Row> rows(Collection<StoredAlert> alerts) {
    return alerts.stream().map(AlertSql.Row::of).toList();
  }

  private static List<StoredAlert> alerts(List<AlertSql.Row> rows) {
    return rows.stream().map(AlertSql.Row::toAlert).toList();
  }

  private static AlertSql sql(Tx tx) {
    return StoreTx.sql(tx, AlertSql.class);
  }
}
