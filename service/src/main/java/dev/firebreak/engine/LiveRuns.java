package dev.firebreak.engine;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.Runs;
import dev.firebreak.run.StepRun;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The live runs this node moved last, as the transaction in hand sees them: nobody else may write a
 * run while its epoch is ours, so the database is read only for what is not here. Used by one
 * transaction at a time, as the ledger hands them out.
 */
final class LiveRuns {
  private static final int REMEMBERED = 10_000;

  private final Runs runs;
  private final String node;
  private final Map<String, SoftReference<Run>> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Run>> eldest) {
          return size() > REMEMBERED;
        }
      };

  LiveRuns(Runs runs, String node) {
    this.runs = runs;
    this.node = node;
  }

  /** A run, or empty when there is none of this id. */
  synchronized Optional<Run> find(Tx tx, String id) {
    Optional<Run> known = known(id);
    return known.isPresent() ? known : runs.find(tx, id);
  }

  /** A run this node owns, or empty when there is none of this id, or another node owns it. */
  synchronized Optional<Run> findOurs(Tx tx, String id) {
    // in this order: who takes the run over in between makes its epoch stale, or is seen here
    return find(tx, id).filter(run -> isOurs(tx, id));
  }

  /** Whether this node owns a run. What is remembered may be lost by now; then its write fails. */
  synchronized boolean isOurs(Tx tx, String id) {
    return known(id).isPresent() || runs.owner(tx, id).filter(node::equals).isPresent();
  }

  private Optional<Run> known(String id) {
    return Optional.ofNullable(remembered.get(id)).map(SoftReference::get);
  }

  /** Writes a new run. */
  synchronized void add(Tx tx, Run run) {
    tx.onRollback(() -> forget(run.id()));
    runs.add(tx, run, node);
    remember(run);
  }

  /** Writes what a turn made of a run. */
  synchronized void save(Tx tx, Run before, Run after) {
    List<StepRun> changed =
        after.steps().values().stream()
            .filter(step -> !step.equals(before.steps().get(step.id())))
            .toList();
    tx.onRollback(() -> forget(after.id()));
    runs.save(tx, before, after, changed);
    remember(after);
  }

  private void remember(Run run) {
    if (run.status().ended()) {
      remembered.remove(run.id());
    } else {
      remembered.put(run.id(), new SoftReference<>(run));
    }
  }

  private synchronized void forget(String id) {
    remembered.remove(id);
  }
}
