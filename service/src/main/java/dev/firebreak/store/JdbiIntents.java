package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import dev.firebreak.runbook.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Intents in a table. Whoever counts them in order to write one waits for every other node that
 * does the same, so that limits hold over all nodes.
 */
final class JdbiIntents implements Intents {
  private static final String ALL = "";

  private final Tally tally = new Tally();

  @Override
  public void add(Tx tx, Intent intent) {
    IntentSql.Row row = IntentSql.Row.of(intent);
    inLine(tx).insert(row);
    tally.added(ALL);
    tally.added(intent.runbook());
    String counted = Address.of(intent.step()).counted();
    sql(tx)
        .insertTargets(
            row, counted, intent.targets().stream().map(Keys::bounded).distinct().toList());
  }

  @Override
  public void end(Tx tx, String id, String outcome, Instant at) {
    if (sql(tx).end(id, outcome, at) == 0) {
      throw new IllegalStateException("there is no intent " + id);
    }
  }

  @Override
  public Optional<Intent> find(Tx tx, String id) {
    return sql(tx).find(id).map(IntentSql.Row::toIntent);
  }

  @Override
  public int countForTarget(Tx tx, String runbook, String step, String target, Instant since) {
    return inLine(tx).countForTarget(runbook, step, Keys.bounded(target), since);
  }

  @Override
  public int countForRunbook(Tx tx, String runbook, Instant since) {
    return inLine(tx).countForRunbook(runbook, since);
  }

  @Override
  public int countAll(Tx tx, Instant since) {
    return inLine(tx).countAll(since);
  }

  @Override
  public boolean reachedForRunbook(Tx tx, String runbook, Instant since, int max) {
    return reached(tx, runbook, since, max, () -> countForRunbook(tx, runbook, since));
  }

  @Override
  public boolean reachedByAll(Tx tx, Instant since, int max) {
    return reached(tx, ALL, since, max, () -> countAll(tx, since));
  }

  private boolean reached(Tx tx, String key, Instant since, int max, IntSupplier count) {
    return StoreTx.writesAlone(tx)
        ? tally.reached(key, since, max, count)
        : count.getAsInt() >= max;
  }

  @Override
  public Optional<Instant> last(
      Tx tx, String runbook, String step, String target, String exceptRun) {
    return inLine(tx).last(runbook, step, Keys.bounded(target), exceptRun);
  }

  @Override
  public List<Intent> ofStep(Tx tx, String runId, String step) {
    return sql(tx).ofStep(runId, step).stream().map(IntentSql.Row::toIntent).toList();
  }

  @Override
  public List<Intent> ofRun(Tx tx, String runId) {
    return sql(tx).ofRun(runId).stream().map(IntentSql.Row::toIntent).toList();
  }

  private static IntentSql inLine(Tx tx) {
    return StoreTx.of(tx).inLine();
  }

  private static IntentSql sql(Tx tx) {
    return StoreTx.sql(tx, IntentSql.class);
  }
}
