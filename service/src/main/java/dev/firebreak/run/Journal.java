package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.List;

/** The append-only record of each incident, hash-chained. Thread-safe. */
public interface Journal {
  /** Appends a note and chains it to the one before. */
  JournalEntry append(Tx tx, JournalEntry.Note note);

  /** Entries with a sequence above {@code after}, oldest first. */
  List<JournalEntry> read(Tx tx, String incidentId, long after, int limit);

  /**
   * The sequence of the newest entry, 0 when there is none. Sequences have no gaps: it is found by
   * doubling and halving, in a handful of reads of one entry.
   */
  default long last(Tx tx, String incidentId) {
    long there = 0;
    // a power of two, so that halving it leaves no gap
    long step = 64;
    while (!read(tx, incidentId, there + step - 1, 1).isEmpty()) {
      there += step;
      step *= 2;
    }
    for (; step > 0; step /= 2) {
      if (!read(tx, incidentId, there + step - 1, 1).isEmpty()) {
        there += step;
      }
    }
    return there;
  }
}
