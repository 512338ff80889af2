package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One holder for each target, across all runbooks and nodes, and those who wait for it in line.
 * Only the end of the run that holds a target frees it. Thread-safe.
 */
public interface Locks {
  /** Who has not looked for so long is passed by those behind; its place is kept. */
  Duration PATIENCE = Duration.ofSeconds(10);

  /** The run that holds a target. */
  Optional<String> holder(Tx tx, String target);

  /** The run that this one must let go first: the holder, or who waits longer and still looks. */
  Optional<String> ahead(Tx tx, String target, String runId, Instant now);

  /** Puts a step in line for a target, or says that it still waits there. */
  void await(Tx tx, String target, String runId, String stepId, Instant now);

  /** Takes a target that is free, or that this run holds already, and leaves its line. */
  void take(Tx tx, String target, String runId, Instant at);

  /**
   * Frees everything a run holds and takes it out of every line.
   *
   * @return who is first in line now for what was freed
   */
  List<Waiter> release(Tx tx, String runId, Instant now);

  /** Who waits for a target. */
  record Waiter(String runId, String stepId) {}
}
