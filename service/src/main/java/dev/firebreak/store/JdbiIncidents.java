package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Incidents in a table; a column that is null once they are resolved keeps open keys unique. */
final class JdbiIncidents implements Incidents {
  @Override
  public void add(Tx tx, Incident incident) {
    sql(tx).insert(incident, openKey(incident));
  }

  @Override
  public void save(Tx tx, Incident incident) {
    if (sql(tx).update(incident, openKey(incident)) == 0) {
      throw new IllegalStateException("there is no incident " + incident.id());
    }
  }

  @Override
  public Optional<Incident> find(Tx tx, String id) {
    return StoreTx.holds(tx) ? sql(tx).hold(id) : sql(tx).find(id);
  }

  @Override
  public Optional<Incident> openByKey(Tx tx, String key) {
    String open = Keys.bounded(key);
    return StoreTx.holds(tx) ? sql(tx).holdOpen(open) : sql(tx).open(open);
  }

  @Override
  public List<Incident> list(
      Tx tx, Incident.@Nullable Status status, @Nullable String before, int limit) {
    String end = Keys.before(before);
    return status == null ? sql(tx).all(end, limit) : sql(tx).in(status, end, limit);
  }

  private static @Nullable String openKey(Incident incident) {
    return incident.status() == Incident.Status.RESOLVED ? null : Keys.bounded(incident.key());
  }

  private static IncidentSql sql(Tx tx) {
    return StoreTx.sql(tx, IncidentSql.class);
  }
}
