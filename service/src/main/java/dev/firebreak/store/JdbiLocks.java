package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Locks in a table; a unique row decides who holds a target. The line is another table. */
final class JdbiLocks implements Locks {
  @Override
  public Optional<String> holder(Tx tx, String target) {
    return sql(tx).holder(Keys.bounded(target));
  }

  @Override
  public Optional<String> ahead(Tx tx, String target, String runId, Instant now) {
    return sql(tx)
        .ahead(Keys.bounded(target), runId, now.minus(PATIENCE))
        .filter(run -> !run.equals(runId));
  }

  @Override
  public void await(Tx tx, String target, String runId, String stepId, Instant now) {
    String key = Keys.bounded(target);
    if (sql(tx).look(key, runId, stepId, now) == 0) {
      sql(tx).queueUp(key, runId, stepId, now);
    }
  }

  @Override
  public void take(Tx tx, String target, String runId, Instant at) {
    String key = Keys.bounded(target);
    sql(tx).leave(key, runId);
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
  public List<Waiter> release(Tx tx, String runId, Instant now) {
    sql(tx).leaveAll(runId);
    List<String> held = sql(tx).heldBy(runId);
    if (held.isEmpty()) {
      return List.of();
    }
    sql(tx).delete(runId);
    return held.stream()
        .map(key -> sql(tx).first(key, Long.MAX_VALUE, now.minus(PATIENCE)).orElse(null))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }

  private static LockSql sql(Tx tx) {
    return StoreTx.sql(tx, LockSql.class);
  }
}
