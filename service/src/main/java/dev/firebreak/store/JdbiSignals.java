package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Signal;
import dev.firebreak.run.Signals;
import java.util.Optional;

/** Signals in a table. */
final class JdbiSignals implements Signals {
  @Override
  public Optional<Signal> find(Tx tx, String runId, String key) {
    return sql(tx).find(runId, Keys.bounded(key)).map(SignalSql.Row::toSignal);
  }

  @Override
  public void keep(Tx tx, Signal signal) {
    sql(tx).insert(SignalSql.Row.of(signal));
  }

  @Override
  public int untaken(Tx tx, String runId) {
    return sql(tx).untaken(runId);
  }

  @Override
  public int sent(Tx tx, String runId) {
    return sql(tx).sent(runId);
  }

  @Override
  public Optional<Signal> take(Tx tx, String runId, String name, String step) {
    return sql(tx)
        .oldest(runId, name)
        .filter(row -> sql(tx).take(row.id(), step) == 1)
        .map(SignalSql.Row::toSignal);
  }

  private static SignalSql sql(Tx tx) {
    return StoreTx.sql(tx, SignalSql.class);
  }
}
