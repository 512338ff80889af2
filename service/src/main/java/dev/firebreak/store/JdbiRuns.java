package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.Runs;
import dev.firebreak.run.StepRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs in a table, their steps in another; every write is guarded by the epoch. */
final class JdbiRuns implements Runs {
  /** Each how many looks it is asked for owners whom nobody knows, at a higher price. */
  private static final int THOROUGH = 60;

  private final Schema schema;
  private final AtomicInteger looks = new AtomicInteger();

  JdbiRuns(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void add(Tx tx, Run run, String owner) {
    sql(tx).insert(RunSql.Origin.of(run), RunSql.State.of(run), owner);
    steps(tx).insert(rows(run, run.steps().values()));
  }

  @Override
  public void save(Tx tx, Run before, Run run, Collection<StepRun> changed) {
    RunSql.State state = RunSql.State.of(run);
    // where nobody else can have taken it over, a row that is the same need not be asked
    boolean asked = !StoreTx.writesAlone(tx) || !state.equals(RunSql.State.of(before));
    if (asked && sql(tx).update(state) == 0) {
      throw new StaleEpoch(run.id(), run.epoch());
    }
    if (changed.isEmpty()) {
      return;
    }
    List<StepRow> rows = rows(run, changed);
    int[] written = steps(tx).update(rows);
    List<StepRow> added = new ArrayList<>();
    for (int i = 0; i < written.length; i++) {
      if (written[i] == 0) {
        added.add(rows.get(i));
      }
    }
    steps(tx).insert(added);
  }

  private static List<StepRow> rows(Run run, Collection<StepRun> steps) {
    Map<String, Integer> places = new HashMap<>();
    run.steps().keySet().forEach(id -> places.put(id, places.size()));
    return steps.stream()
        .map(step -> StepRow.of(run.id(), places.getOrDefault(step.id(), places.size()), step))
        .toList();
  }

  @Override
  public Optional<Run> find(Tx tx, String id) {
    return sql(tx).find(id).map(row -> row.toRun(byId(steps(tx).of(id))));
  }

  @Override
  public Optional<Run> glance(Tx tx, String id) {
    return sql(tx).find(id).map(row -> row.told(new Glance(steps(tx), row).steps()));
  }

  @Override
  public Optional<String> live(Tx tx, String incidentId, String runbook) {
    return sql(tx).live(RunSql.liveKey(incidentId, runbook));
  }

  @Override
  public List<String> liveOf(Tx tx, String incidentId) {
    return sql(tx).liveOf(incidentId);
  }

  @Override
  public Optional<String> owner(Tx tx, String id) {
    return sql(tx).owner(id);
  }

  @Override
  public List<String> abandoned(Tx tx, String except) {
    boolean thorough = looks.getAndIncrement() % THOROUGH == 0;
    return thorough ? sql(tx).abandoned(except) : sql(tx).left(except);
  }

  @Override
  public List<String> ownedBy(Tx tx, String owner) {
    return sql(tx).ownedBy(owner);
  }

  @Override
  public List<Run> takeOver(Tx tx, List<String> ids, String from, String to) {
    boolean may = schema.isOurs(tx) && sql(tx).mayTake(from, to) > 0;
    List<Run> taken = new ArrayList<>();
    for (String id : ids) {
      if ((may && sql(tx).takeOver(id, from, to) == 1)
          || sql(tx).owner(id).equals(Optional.of(to))) {
        find(tx, id).filter(run -> !run.status().ended()).ifPresent(taken::add);
      }
    }
    return taken;
  }

  @Override
  public List<Run> list(
      Tx tx,
      @Nullable String incidentId,
      @Nullable RunStatus status,
      @Nullable String before,
      int limit) {
    String end = Keys.before(before);
    return page(sql(tx), incidentId, status, end, limit).stream()
        .map(row -> row.toRun(Map.of()))
        .toList();
  }

  private static List<RunSql.Row> page(
      RunSql sql, @Nullable String incidentId, @Nullable RunStatus status, String end, int limit) {
    if (incidentId == null) {
      return status == null ? sql.all(end, limit) : sql.in(status, end, limit);
    }
    return status == null ? sql.of(incidentId, end, limit) : sql.of(incidentId, status, end, limit);
  }

  private static Map<String, StepRun> byId(List<StepRow> rows) {
    Map<String, StepRun> steps = new LinkedHashMap<>();
    rows.forEach(row -> steps.put(row.stepId(), row.toStep()));
    return steps;
  }

  private static RunSql sql(Tx tx) {
    return StoreTx.sql(tx, RunSql.class);
  }

  private static StepSql steps(Tx tx) {
    return StoreTx.sql(tx, StepSql.class);
  }
}
