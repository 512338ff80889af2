package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Attention;
import dev.firebreak.escalation.Attentions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What incidents wait for from people, in a table. */
final class JdbiAttentions implements Attentions {
  @Override
  public void save(Tx tx, Attention attention) {
    sql(tx).delete(attention.incidentId());
    sql(tx).insert(AttentionSql.Row.of(attention));
  }

  @Override
  public void remove(Tx tx, String incidentId) {
    sql(tx).delete(incidentId);
  }

  @Override
  public Optional<Attention> find(Tx tx, String incidentId) {
    Optional<AttentionSql.Row> row =
        StoreTx.holds(tx) ? sql(tx).hold(incidentId) : sql(tx).find(incidentId);
    return row.map(AttentionSql.Row::toAttention);
  }

  @Override
  public List<String> due(Tx tx, Instant now, int limit) {
    return sql(tx).due(now, limit);
  }

  private static AttentionSql sql(Tx tx) {
    return StoreTx.sql(tx, AttentionSql.class);
  }
}
