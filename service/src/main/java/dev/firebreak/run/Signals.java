package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.Optional;

/** Keeps signals until a step takes them. Thread-safe. */
public interface Signals {
  /** The signal a run was sent with this key, taken or not. */
  Optional<Signal> find(Tx tx, String runId, String key);

  /** Keeps a signal; its key, if it has one, is new for the run. */
  void keep(Tx tx, Signal signal);

  /** How many signals of a run nobody took. */
  int untaken(Tx tx, String runId);

  /** How many signals a run was ever sent. */
  int sent(Tx tx, String runId);

  /** Takes the oldest signal of a name for a step; nobody else gets it. */
  Optional<Signal> take(Tx tx, String runId, String name, String step);
}
