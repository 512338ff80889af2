package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import dev.firebreak.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps intents; limits are counted from them. Thread-safe. */
public interface Intents {
  /** Adds an intent of a new id. */
  void add(Tx tx, Intent intent);

  /** The same, of a change that belongs to a team and a service. */
  void add(Tx tx, Intent intent, ChangeMarks marks);

  /** Says how an intent ended. */
  void end(Tx tx, String id, String outcome, Instant at);

  /** An intent, or empty when there is none of this id. */
  Optional<Intent> find(Tx tx, String id);

  /** Intents committed after {@code since}. */
  int count(Tx tx, Counted what, Instant since);

  /**
   * Whether {@code max} intents, or more, were committed after {@code since}; may cost less than
   * counting them.
   */
  default boolean reached(Tx tx, Counted what, Instant since, int max) {
    return count(tx, what, since) >= max;
  }

  /** When the n-th newest intent was committed, if that was after {@code since}; n from 1. */
  Optional<Instant> newest(Tx tx, Counted what, Instant since, int n);

  /**
   * What the latest changes are counted by.
   *
   * @param since they were committed after that
   * @param most so many targets of changes are looked at
   */
  Set<Counted> seen(Tx tx, Instant since, int most);

  /** All intents, committed after {@code since}. */
  default int countAll(Tx tx, Instant since) {
    return count(tx, new Counted.All(), since);
  }

  /** Whether {@code max} intents, or more, were committed after {@code since}. */
  default boolean reachedByAll(Tx tx, Instant since, int max) {
    return reached(tx, new Counted.All(), since, max);
  }

  /**
   * What became of the latest changes, the newest first.
   *
   * @param since they were committed after that
   * @param most so many targets of changes are looked at
   */
  List<Repair> repairs(Tx tx, Instant since, int most);

  /** A target that a run changed, and where that run stands. */
  record Repair(String target, String runId, RunStatus status) {}

  /** When another run last committed an intent of this rung for this target. */
  Optional<Instant> last(Tx tx, String runbook, String step, String target, String exceptRun);

  /**
   * When each run began a fix of a target, committed after {@code since}.
   *
   * @param rung its id; what takes it back does not count
   */
  List<Instant> runsThatDid(Tx tx, String runbook, String rung, String target, Instant since);

  /** All of one step of a run, oldest first. */
  List<Intent> ofStep(Tx tx, String runId, String step);

  /** All of a run, oldest first. */
  List<Intent> ofRun(Tx tx, String runId);
}
