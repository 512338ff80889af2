package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.Breakers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Breakers in a table. Opening, closing and deciding stand in one line. Who writes alone knows from
 * the last time what is open.
 */
final class JdbiBreakers implements Breakers {
  private volatile @Nullable List<Breaker> known;

  @Override
  public boolean add(Tx tx, Breaker breaker) {
    return sql(tx).insert(BreakerSql.Row.of(breaker), Keys.bounded(breaker.key())) == 1;
  }

  @Override
  public List<Breaker> open(Tx tx) {
    boolean alone = StoreTx.writesAlone(tx);
    List<Breaker> before = known;
    if (alone && before != null) {
      return before;
    }
    StoreTx.of(tx).inLine();
    List<Breaker> open =
        StoreTx.sql(tx, BreakerSql.class).open().stream().map(BreakerSql.Row::toBreaker).toList();
    if (alone) {
      known = open;
    }
    return open;
  }

  @Override
  public Optional<Breaker> find(Tx tx, String id) {
    return StoreTx.sql(tx, BreakerSql.class).find(id).map(BreakerSql.Row::toBreaker);
  }

  @Override
  public void tries(Tx tx, String id, Breaker.@Nullable Trial trial, Instant retryAt) {
    int unused =
        trial == null
            ? sql(tx).tries(id, null, null, null, retryAt)
            : sql(tx).tries(id, trial.run(), trial.target(), trial.at(), retryAt);
  }

  @Override
  public boolean close(Tx tx, String id, Breaker.End end) {
    return sql(tx).close(id, end) == 1;
  }

  @Override
  public List<Breaker> history(Tx tx, int limit) {
    return StoreTx.sql(tx, BreakerSql.class).newest(limit).stream()
        .map(BreakerSql.Row::toBreaker)
        .toList();
  }

  @Override
  public void failed(Tx tx, String runbook, List<String> keys, String incidentId, Instant at) {
    sql(tx).failed(runbook, bounded(keys), incidentId, at);
  }

  @Override
  public void helped(Tx tx, String runbook, List<String> keys) {
    sql(tx).helped(runbook, bounded(keys));
  }

  @Override
  public int failures(Tx tx, String runbook, String key, Instant since) {
    return StoreTx.sql(tx, BreakerSql.class).failures(runbook, Keys.bounded(key), since);
  }

  @Override
  public int alarmed(Tx tx, String group, String member, Instant since, Instant at) {
    StoreTx.of(tx).inLine();
    BreakerSql sql = StoreTx.sql(tx, BreakerSql.class);
    sql.calm(group, since);
    if (sql.alarmedAgain(group, Keys.bounded(member), at) == 0) {
      sql.alarmed(group, Keys.bounded(member), at);
    }
    return sql.alarming(group, since);
  }

  @Override
  public void calm(Tx tx, String group) {
    StoreTx.of(tx).inLine();
    StoreTx.sql(tx, BreakerSql.class).calm(group);
  }

  private static List<String> bounded(List<String> keys) {
    return keys.stream().map(Keys::bounded).distinct().toList();
  }

  /** The statements of who changes something: what was known is asked anew. */
  private BreakerSql sql(Tx tx) {
    StoreTx.of(tx).inLine();
    known = null;
    tx.onRollback(() -> known = null);
    return StoreTx.sql(tx, BreakerSql.class);
  }
}
