package dev.firebreak.run;

/** Is told what was committed, afterwards. Must be quick and must not throw. */
public interface RunListener {
  /** A line was added to an incident's record. */
  default void recorded(JournalEntry entry) {}

  /** A run changed. */
  default void changed(Run before, Run after) {}

  /** An incident was opened, acknowledged or resolved. */
  default void changed(Incident incident) {}
}
