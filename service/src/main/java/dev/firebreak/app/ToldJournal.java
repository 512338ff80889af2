package dev.firebreak.app;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.util.List;

/** Tells the listeners of each line that is added, once it is durable. Thread-safe. */
record ToldJournal(Journal journal, List<RunListener> listeners) implements Journal {
  @Override
  public JournalEntry append(Tx tx, JournalEntry.Note note) {
    JournalEntry entry = journal.append(tx, note);
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(entry)));
    return entry;
  }

  @Override
  public List<JournalEntry> read(Tx tx, String incidentId, long after, int limit) {
    return journal.read(tx, incidentId, after, limit);
  }
}
