package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.Runs;
import dev.firebreak.run.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs in memory; every write is guarded by the epoch. */
final class MemoryRuns implements Runs {
  private final MemoryStore store;

  MemoryRuns(MemoryStore store) {
    this.store = store;
  }

  @Override
  public void add(Tx tx, Run run, String owner) {
    if (!run.status().ended()) {
      store.live.insert(tx, liveKey(run), run.id());
    }
    store.runs.insert(tx, run.id(), run);
    store.owners.put(tx, run.id(), owner);
  }

  /** A run that was called may live beside others of its runbook. */
  private static String liveKey(Run run) {
    String name = run.parent().isPresent() ? run.id() : run.runbook();
    return liveKey(run.incidentId(), name);
  }

  private static String liveKey(String incidentId, String runbook) {
    return incidentId + '/' + runbook;
  }

  @Override
  public void save(Tx tx, Run before, Run run, Collection<StepRun> changed) {
    store.runs.lock(tx, run.id());
    Run kept =
        store
            .runs
            .get(tx, run.id())
            .filter(it -> it.epoch() == run.epoch())
            .orElseThrow(() -> new StaleEpoch(run.id(), run.epoch()));
    Run next = kept.with(run.vars()).with(run.control());
    for (StepRun step : changed) {
      next = next.with(step);
    }
    store.runs.put(tx, run.id(), next.in(run.status(), run.why(), run.endedAt()));
    String key = liveKey(kept);
    if (run.status().ended() && !kept.status().ended()) {
      store.live.remove(tx, key);
    } else if (!run.status().ended() && kept.status().ended()) {
      store.live.insert(tx, key, run.id());
    }
  }

  @Override
  public Optional<Run> find(Tx tx, String id) {
    return store.runs.get(tx, id).map(Run::restored);
  }

  @Override
  public Optional<Run> glance(Tx tx, String id) {
    return find(tx, id);
  }

  @Override
  public Optional<String> live(Tx tx, String incidentId, String runbook) {
    return store.live.get(tx, liveKey(incidentId, runbook));
  }

  @Override
  public List<String> liveOf(Tx tx, String incidentId) {
    return store.live.under(tx, incidentId + '/').stream().sorted().toList();
  }

  @Override
  public Optional<String> owner(Tx tx, String id) {
    return store.owners.get(tx, id);
  }

  @Override
  public List<String> abandoned(Tx tx, String except) {
    Instant now = MemoryTx.of(tx).begun();
    return store
        .live
        .rows(tx)
        .map(id -> store.owners.get(tx, id).orElseThrow())
        .distinct()
        .filter(owner -> !owner.equals(except))
        .filter(owner -> store.members.get(tx, owner).filter(it -> it.alive(now)).isEmpty())
        .toList();
  }

  @Override
  public List<String> ownedBy(Tx tx, String owner) {
    return store
        .live
        .rows(tx)
        .filter(id -> store.owners.get(tx, id).orElseThrow().equals(owner))
        .sorted()
        .toList();
  }

  @Override
  public List<Run> takeOver(Tx tx, List<String> ids, String from, String to) {
    boolean may = mayTake(tx, from, to);
    List<Run> taken = new ArrayList<>();
    for (String id : ids) {
      if ((may && moved(tx, id, from, to)) || owner(tx, id).equals(Optional.of(to))) {
        find(tx, id).filter(run -> !run.status().ended()).ifPresent(taken::add);
      }
    }
    return taken;
  }

  boolean mayTake(Tx tx, String from, String to) {
    Instant now = MemoryTx.of(tx).begun();
    Optional<MemoryNodes.Row> owner = store.members.get(tx, from);
    return store
        .members
        .get(tx, to)
        .filter(taker -> owner.filter(it -> it.alive(now)).isEmpty())
        .filter(
            taker ->
                owner.filter(it -> it.leftAt() != null).isPresent()
                    || !taker
                        .unbrokenSince()
                        .plus(Duration.between(taker.seenAt(), taker.leaseUntil()))
                        .isAfter(now))
        .isPresent();
  }

  private boolean moved(Tx tx, String id, String from, String to) {
    store.runs.lock(tx, id);
    Optional<Run> run = store.runs.get(tx, id).filter(it -> !it.status().ended());
    if (run.isEmpty() || !owner(tx, id).equals(Optional.of(from))) {
      return false;
    }
    store.runs.put(tx, id, run.get().owned(run.get().epoch() + 1));
    store.owners.put(tx, id, to);
    return true;
  }

  @Override
  public List<Run> list(
      Tx tx,
      @Nullable String incidentId,
      @Nullable RunStatus status,
      @Nullable String before,
      int limit) {
    return newest(store.runs, tx, before).stream()
        .filter(run -> incidentId == null || run.incidentId().equals(incidentId))
        .filter(run -> status == null || run.status() == status)
        .limit(limit)
        .map(MemoryRuns::withoutSteps)
        .toList();
  }

  private static Run withoutSteps(Run run) {
    return new Run(
        run.id(),
        run.incidentId(),
        run.runbook(),
        run.version(),
        run.alert(),
        run.vars(),
        run.startedBy(),
        run.createdAt(),
        run.status(),
        run.why(),
        run.endedAt(),
        run.control(),
        run.epoch(),
        Map.of());
  }

  /** The rows with keys below {@code before}, the greatest first. */
  static <V> List<V> newest(Table<V> table, Tx tx, @Nullable String before) {
    var all = table.all(tx);
    List<V> rows = new ArrayList<>((before == null ? all : all.headMap(before)).values());
    Collections.reverse(rows);
    return rows;
  }
}
