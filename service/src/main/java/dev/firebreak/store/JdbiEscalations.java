package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.escalation.Escalations;
import java.util.List;
import java.util.Optional;

/** Escalations in a table. */
final class JdbiEscalations implements Escalations {
  @Override
  public void add(Tx tx, Escalation escalation) {
    sql(tx).insert(escalation);
  }

  @Override
  public void save(Tx tx, Escalation escalation) {
    if (sql(tx).update(escalation) == 0) {
      throw new IllegalStateException("there is no escalation " + escalation.id());
    }
  }

  @Override
  public Optional<Escalation> find(Tx tx, String id) {
    return StoreTx.holds(tx) ? sql(tx).hold(id) : sql(tx).find(id);
  }

  @Override
  public List<Escalation> ofIncident(Tx tx, String incidentId) {
    return sql(tx).ofIncident(incidentId);
  }

  private static EscalationSql sql(Tx tx) {
    return StoreTx.sql(tx, EscalationSql.class);
  }
}
