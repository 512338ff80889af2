package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.storm.Storm;
import dev.firebreak.guard.storm.Storms;
import java.time.Instant;
import java.util.List;

/** Storms in a table. */
final class JdbiStorms implements Storms {
  @Override
  public void add(Tx tx, Storm storm) {
    sql(tx).insert(storm);
  }

  @Override
  public List<Storm> standing(Tx tx) {
    return sql(tx).standing();
  }

  @Override
  public boolean end(Tx tx, Storm storm, Instant at) {
    return sql(tx).end(storm, at) == 1;
  }

  private static StormSql sql(Tx tx) {
    return StoreTx.sql(tx, StormSql.class);
  }
}
