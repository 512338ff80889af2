package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Map;

/** One rule that can refuse or hold a change. Thread-safe; reads only through the transaction. */
public interface Guard {
  /** Its name, for the journal and the metric label. */
  String name();

  /** What it says of a change, in the transaction that would commit the intent. */
  Decision check(Tx tx, Proposal proposal, Instant now);

  /** What it makes of the answer of all guards; this very answer, unless it has the last word. */
  default Guards.Finding lastWord(Tx tx, Proposal proposal, Guards.Finding said, Instant now) {
    return said;
  }

  /** Hears that all guards allowed a change, in the transaction that commits its intent. */
  default void admitted(Tx tx, Proposal proposal, Instant now) {}

  /**
   * Hears that an alert began to fire, in the transaction that takes it in.
   *
   * @param labels of the alert
   */
  default void alarmed(Tx tx, String incidentId, Map<String, String> labels, Instant now) {}

  /** Hears what came of a fix, in the transaction that puts it on record. */
  default void over(Tx tx, Fix fix, Instant now) {}
}
