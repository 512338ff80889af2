package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.List;

/** The append-only record of each incident, hash-chained. Thread-safe. */
public interface Journal {
  /** Appends a note and chains it to the one before. */
  JournalEntry append(Tx tx, JournalEntry.Note note);

  /** Entries with a sequence above {@code after}, oldest first. */
  List<JournalEntry> read(Tx tx, String incidentId, long after, int limit);
}
