package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Locks in a table; a unique row decides who holds a target. The line is another table. */
final class JdbiLocks implements Locks {
  @Override
  public Optional<String> holder(Tx tx, String target) {
    return sql(tx).holder(Keys.target(target));
  }

  @Override
  public Optional<String> ahead(Tx tx, String target, String runId, Instant now) {
    return sql(tx)
        .ahead(Keys.target(target), runId, now.minus(PATIENCE))
        .filter(run -> !run.equals(runId));
  }

  @Override
  public Optional<String> aheadOfNewest(Tx tx, String target, String runId, Instant now) {
    return sql(tx)
        .aheadOfNewest(Keys.target(target), runId, now.minus(PATIENCE))
        .filter(run -> !run.equals(runId));
  }

  @Override
  public Optional<String> newer(Tx tx, String target, String runId, Instant now) {
    return sql(tx).newer(Keys.target(target), runId, now.minus(PATIENCE));
  }

  /** Rows of other runs are written: one node at a time does. */
  @Override
  public void supersede(Tx tx, String target, String runId, Instant now) {
    String key = Keys.target(target);
    IntentSql unused = StoreTx.of(tx).inLine();
    sql(tx).supersede(key, runId);
    sql(tx).inheritPlace(key, runId);
  }

  @Override
  public void await(Tx tx, String target, String runId, String stepId, Instant now) {
    String key = Keys.target(target);
    if (sql(tx).look(key, runId, stepId, now) == 0) {
      sql(tx).queueUp(key, runId, stepId, now);
    }
  }

  @Override
  public void take(Tx tx, String target, String runId, Instant at) {
    String key = Keys.target(target);
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

  @Override
  public List<Line> lines(Tx tx, int most) {
    Map<String, List<LockSql.Waits>> waiting =
        sql(tx).waiting(most).stream()
            .collect(
                Collectors.groupingBy(
                    LockSql.Waits::targetKey, LinkedHashMap::new, Collectors.toList()));
    List<Line> lines = new ArrayList<>();
    for (LockSql.Held held : sql(tx).held(most)) {
      List<LockSql.Waits> places = waiting.remove(held.targetKey());
      lines.add(
          new Line(
              held.target(),
              held.runId(),
              held.takenAt(),
              places(places == null ? List.of() : places)));
    }
    waiting.forEach((key, places) -> lines.add(new Line(key, null, null, places(places))));
    return lines;
  }

  @Override
  public List<Claim> claims(Tx tx) {
    IntentSql unused = StoreTx.of(tx).inLine();
    return sql(tx).claims();
  }

  private static List<Place> places(List<LockSql.Waits> waits) {
    return waits.stream()
        .sorted(Comparator.comparingLong(LockSql.Waits::place))
        .map(it -> new Place(it.runId(), it.stepId(), "supersede".equals(it.mode()), it.lookedAt()))
        .toList();
  }

  private static LockSql sql(Tx tx) {
    return StoreTx.sql(tx, LockSql.class);
  }
}
