package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.Counted;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import dev.firebreak.runbook.Address;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Intents in a table. Whoever counts them in order to write one waits for every other node that
 * does the same, so that limits hold over all nodes.
 */
final class JdbiIntents implements Intents {
  private static final Set<Counted.Level> TALLIED =
      Set.of(Counted.Level.RUNBOOK, Counted.Level.TEAM, Counted.Level.GLOBAL);

  private final Tally tally = new Tally();

  @Override
  public void add(Tx tx, Intent intent) {
    add(tx, intent, ChangeMarks.NONE);
  }

  @Override
  public void add(Tx tx, Intent intent, ChangeMarks marks) {
    IntentSql.Row row = IntentSql.Row.of(intent);
    inLine(tx)
        .insert(row, orNull(Keys.bounded(marks.team())), orNull(Keys.bounded(marks.service())));
    tally.added(key(new Counted.All()));
    tally.added(key(new Counted.Book(intent.runbook())));
    tally.added(key(new Counted.Team(marks.team())));
    String counted = Address.of(intent.step()).counted();
    sql(tx)
        .insertTargets(
            row, counted, intent.targets().stream().map(Keys::target).distinct().toList());
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
  public int count(Tx tx, Counted what, Instant since) {
    IntentSql sql = inLine(tx);
    return switch (what) {
      case Counted.Fix fix ->
          sql.countForTarget(fix.runbook(), fix.step(), Keys.target(fix.target()), since);
      case Counted.Target target -> sql.countForAnyFix(Keys.target(target.name()), since);
      case Counted.Book book -> sql.countForRunbook(book.name(), since);
      case Counted.Service service -> sql.countForService(Keys.bounded(service.name()), since);
      case Counted.Team team -> sql.countForTeam(Keys.bounded(team.name()), since);
      case Counted.All all -> sql.countAll(since);
    };
  }

  @Override
  public Optional<Instant> newest(Tx tx, Counted what, Instant since, int n) {
    IntentSql sql = inLine(tx);
    int before = n - 1;
    return switch (what) {
      case Counted.Fix fix ->
          sql.newestForTarget(fix.runbook(), fix.step(), Keys.target(fix.target()), since, before);
      case Counted.Target target -> sql.newestForAnyFix(Keys.target(target.name()), since, before);
      case Counted.Book book -> sql.newestForRunbook(book.name(), since, before);
      case Counted.Service service ->
          sql.newestForService(Keys.bounded(service.name()), since, before);
      case Counted.Team team -> sql.newestForTeam(Keys.bounded(team.name()), since, before);
      case Counted.All all -> sql.newestOfAll(since, before);
    };
  }

  @Override
  public boolean reached(Tx tx, Counted what, Instant since, int max) {
    boolean tallied = StoreTx.writesAlone(tx) && TALLIED.contains(what.level());
    IntSupplier count = () -> count(tx, what, since);
    return tallied ? tally.reached(key(what), since, max, count) : count.getAsInt() >= max;
  }

  /** Levels of few names, whose windows may hold many changes. */
  private static String key(Counted what) {
    return what.level().asText() + ' ' + what.name();
  }

  @Override
  public Set<Counted> seen(Tx tx, Instant since, int most) {
    Set<Counted> seen = new LinkedHashSet<>();
    for (IntentSql.Marks marks : sql(tx).marks(since, most)) {
      seen.add(new Counted.Fix(marks.runbook(), marks.step(), marks.targetKey()));
      seen.add(new Counted.Target(marks.targetKey()));
      seen.add(new Counted.Book(marks.runbook()));
      seen.add(new Counted.Service(marks.service()));
      seen.add(new Counted.Team(marks.team()));
    }
    seen.removeIf(what -> what.name().isEmpty());
    return seen;
  }

  @Override
  public List<Repair> repairs(Tx tx, Instant since, int most) {
    return sql(tx).outcomes(since, most).stream()
        .map(it -> new Repair(it.targetKey(), it.runId(), it.status()))
        .toList();
  }

  @Override
  public Optional<Instant> last(
      Tx tx, String runbook, String step, String target, String exceptRun) {
    return inLine(tx).last(runbook, step, Keys.target(target), exceptRun);
  }

  @Override
  public List<Instant> runsThatDid(
      Tx tx, String runbook, String rung, String target, Instant since) {
    return sql(tx).runsThatDid(runbook, rung, Keys.target(target), since);
  }

  @Override
  public List<Intent> ofStep(Tx tx, String runId, String step) {
    return sql(tx).ofStep(runId, step).stream().map(IntentSql.Row::toIntent).toList();
  }

  @Override
  public List<Intent> ofRun(Tx tx, String runId) {
    return sql(tx).ofRun(runId).stream().map(IntentSql.Row::toIntent).toList();
  }

  private static @Nullable String orNull(String mark) {
    return mark.isEmpty() ? null : mark;
  }

  private static IntentSql inLine(Tx tx) {
    return StoreTx.of(tx).inLine();
  }

  private static IntentSql sql(Tx tx) {
    return StoreTx.sql(tx, IntentSql.class);
  }
}
