package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps runs and their steps. Thread-safe. */
public interface Runs {
  /**
   * Adds a run with all its steps.
   *
   * @param owner the node that advances it
   */
  void add(Tx tx, Run run, String owner);

  /**
   * Writes the state of a run and those of its steps that changed, if it still has the run's epoch.
   * What it was added with (its alert, its vars) never changes.
   *
   * @param before as it was written last
   * @throws StaleEpoch when another node took it over: nothing of this transaction's part may stand
   */
  void save(Tx tx, Run before, Run run, Collection<StepRun> changed);

  /** A run with its steps, or empty when there is none of this id. */
  Optional<Run> find(Tx tx, String id);

  /**
   * A run as it is told of: as {@link #find}, but items of a list that are over are not read one by
   * one, so that it takes no longer with ten thousand of them. Not to go on with.
   */
  Optional<Run> glance(Tx tx, String id);

  /** The live run of a runbook for an incident; there is at most one. */
  Optional<String> live(Tx tx, String incidentId, String runbook);

  /** The ids of all live runs of an incident. */
  List<String> liveOf(Tx tx, String incidentId);

  /** The node that advances a run; only that node may {@link #save} it. */
  Optional<String> owner(Tx tx, String id);

  /** Nodes that own live runs although their lease is over, or that nobody knows. */
  List<String> abandoned(Tx tx, String except);

  /** The ids of all live runs a node owns. */
  List<String> ownedBy(Tx tx, String owner);

  /**
   * Takes live runs over, growing their epochs by one, if their owner's lease is still over. A node
   * that takes must have been alive without a break for a whole lease, unless the owner stopped in
   * order: after a pause of the database itself, everybody first has time to come back.
   *
   * @param ids of runs {@code from} owned
   * @param from their owner
   * @param to the node that takes them
   * @return those of them that {@code to} owns now, also of a try before whose answer was lost
   */
  List<Run> takeOver(Tx tx, List<String> ids, String from, String to);

  /**
   * A page without steps, newest first.
   *
   * @param incidentId only of this incident, or null
   * @param status only in this status, or null
   * @param before only with ids smaller than this, or null for the first page
   */
  List<Run> list(
      Tx tx,
      @Nullable String incidentId,
      @Nullable RunStatus status,
      @Nullable String before,
      int limit);

  /** A write on a run that another node took over. */
  final class StaleEpoch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleEpoch(String runId, long epoch) {
      super("run " + runId + " is no longer owned under epoch " + epoch);
    }
  }
}
