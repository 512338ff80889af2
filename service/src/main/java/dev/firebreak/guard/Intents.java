package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps intents; limits are counted from them. Thread-safe. */
public interface Intents {
  /** Adds an intent of a new id. */
  void add(Tx tx, Intent intent);

  /** Says how an intent ended. */
  void end(Tx tx, String id, String outcome, Instant at);

  /** An intent, or empty when there is none of this id. */
  Optional<Intent> find(Tx tx, String id);

  /** Intents of one rung of one runbook for one target, committed after {@code since}. */
  int countForTarget(Tx tx, String runbook, String step, String target, Instant since);

  /** Intents of one runbook, committed after {@code since}. */
  int countForRunbook(Tx tx, String runbook, Instant since);

  /** All intents, committed after {@code since}. */
  int countAll(Tx tx, Instant since);

  /**
   * Whether {@code max} intents of one runbook, or more, were committed after {@code since}; may
   * cost less than counting them.
   */
  default boolean reachedForRunbook(Tx tx, String runbook, Instant since, int max) {
    return countForRunbook(tx, runbook, since) >= max;
  }

  /** Whether {@code max} intents, or more, were committed after {@code since}. */
  default boolean reachedByAll(Tx tx, Instant since, int max) {
    return countAll(tx, since) >= max;
  }

  /** When another run last committed an intent of this rung for this target. */
  Optional<Instant> last(Tx tx, String runbook, String step, String target, String exceptRun);

  /** All of one step of a run, oldest first. */
  List<Intent> ofStep(Tx tx, String runId, String step);

  /** All of a run, oldest first. */
  List<Intent> ofRun(Tx tx, String runId);
}
