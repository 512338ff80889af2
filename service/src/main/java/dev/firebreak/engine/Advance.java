package dev.firebreak.engine;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;

/** Applies an event to a run of ours: {@link Engine#turn(Tx, Run, RunEvent)}. Thread-safe. */
@FunctionalInterface
interface Advance {
  /** The run after it; what follows outside begins once the transaction is durable. */
  Run by(Tx tx, Run run, RunEvent event);
}
