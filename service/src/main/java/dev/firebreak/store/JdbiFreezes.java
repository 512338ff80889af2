package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.freeze.Freezes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Freezes in a table. Making, ending and deciding stand in one line. */
final class JdbiFreezes implements Freezes {
  @Override
  public void add(Tx tx, Freeze freeze) {
    StoreTx.of(tx).inLine();
    sql(tx).insert(FreezeSql.Row.of(freeze));
  }

  @Override
  public boolean end(Tx tx, String id, Freeze.End end) {
    StoreTx.of(tx).inLine();
    return sql(tx).end(id, end) == 1;
  }

  @Override
  public void lift(Tx tx, Freeze.Lift lift) {
    StoreTx.of(tx).inLine();
    sql(tx).lift(FreezeSql.Lifted.of(lift));
  }

  @Override
  public List<Freeze> standing(Tx tx, Instant now) {
    StoreTx.of(tx).inLine();
    return sql(tx).standing(now).stream().map(FreezeSql.Row::toFreeze).toList();
  }

  @Override
  public List<Freeze.Lift> lifts(Tx tx, Instant now) {
    return sql(tx).lifts(now).stream().map(FreezeSql.Lifted::toLift).toList();
  }

  @Override
  public List<Freeze> history(Tx tx, int limit) {
    return sql(tx).newest(limit).stream().map(FreezeSql.Row::toFreeze).toList();
  }

  @Override
  public Optional<Freeze> find(Tx tx, String id) {
    return sql(tx).find(id).map(FreezeSql.Row::toFreeze);
  }

  private static FreezeSql sql(Tx tx) {
    return StoreTx.sql(tx, FreezeSql.class);
  }
}
