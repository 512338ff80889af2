package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Locks in a table; a unique row decides who holds a target. */
final class JdbiLocks implements Locks {
  @Override
  public Optional<String> holder(Tx tx, String target) {
    return sql(tx).holder(Keys.bounded(target));
  }

  @Override
  public void take(Tx tx, String target, String runId, Instant at) {
    String key = Keys.bounded(target);
    if (sql(tx).insert(key, target, runId, at) == 1) {
      return;
    }
    Optional<String> holder = sql(tx).holder(key);
    if (!holder.equals(Optional.of(runId))) {
      throw new IllegalStateException(
          "target '" + target + "' is held by " + holder.orElse("another run"));
    }
  }

  @Override
  public List<String> release(Tx tx, String runId) {
    List<String> held = sql(tx).heldBy(runId);
    if (!held.isEmpty()) {
      sql(tx).delete(runId);
    }
    return held;
  }

  private static LockSql sql(Tx tx) {
    return StoreTx.sql(tx, LockSql.class);
  }
}
