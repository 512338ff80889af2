package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One holder for each target, across all runbooks. Thread-safe. */
public interface Locks {
  /** The run that holds a target. */
  Optional<String> holder(Tx tx, String target);

  /** Takes a target that is free, or that this run holds already. */
  void take(Tx tx, String target, String runId, Instant at);

  /** Frees everything a run holds and returns the targets. */
  List<String> release(Tx tx, String runId);
}
