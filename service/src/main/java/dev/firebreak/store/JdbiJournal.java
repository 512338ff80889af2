package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.store.JournalSql.Head;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The journal in a table, with the end of each incident's chain in another: a tail that was cut off
 * shows.
 */
final class JdbiJournal implements Journal {
  private static final int REMEMBERED = 10_000;

  /**
   * Ends of chains, as the transaction in hand sees them. Only the committer appends, so only its
   * thread comes here. Another node may have moved an end meanwhile; then the guarded update of the
   * page says so.
   */
  private final Map<String, Head> heads =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Head> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Override
  public JournalEntry append(Tx tx, JournalEntry.Note note) {
    JournalEntry.Note kept = storable(note);
    String data = Columns.storable(Json.write(note.data()));
    Head end = heads.computeIfAbsent(note.incidentId(), id -> readHead(tx, id));
    JournalEntry entry = JournalEntry.chain(kept, end.sequence() + 1, data, end.hash());
    StoreTx.of(tx).page().add(end, entry);
    remember(tx, entry);
    return entry;
  }

  private static Head readHead(Tx tx, String incidentId) {
    return StoreTx.sql(tx, JournalSql.class)
        .head(incidentId)
        .orElseGet(() -> new Head(incidentId, 0, JournalEntry.GENESIS));
  }

  private void remember(Tx tx, JournalEntry entry) {
    heads.put(entry.incidentId(), new Head(entry.incidentId(), entry.sequence(), entry.hash()));
    tx.onRollback(() -> heads.remove(entry.incidentId()));
  }

  private static JournalEntry.Note storable(JournalEntry.Note note) {
    return new JournalEntry.Note(
        note.incidentId(),
        note.at(),
        Columns.storable(note.actor()),
        note.kind(),
        note.runId(),
        note.stepId(),
        Columns.storable(note.text()),
        note.data());
  }

  @Override
  public List<JournalEntry> read(Tx tx, String incidentId, long after, int limit) {
    StoreTx.of(tx).page().write();
    return StoreTx.sql(tx, JournalSql.class).read(incidentId, after, limit);
  }
}
