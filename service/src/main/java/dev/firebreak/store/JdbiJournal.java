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
   * thread comes here. Another node may have moved an end meanwhile; then the guarded update says
   * so.
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
    JournalSql sql = StoreTx.sql(tx, JournalSql.class);
    JournalEntry.Note kept = storable(note);
    String data = Columns.storable(Json.write(note.data()));
    Head remembered = heads.get(note.incidentId());
    Head end = remembered == null ? readHead(sql, note.incidentId()) : remembered;
    JournalEntry entry = JournalEntry.chain(kept, end.sequence() + 1, data, end.hash());
    if (!moved(sql, entry)) {
      end = readHead(sql, note.incidentId());
      entry = JournalEntry.chain(kept, end.sequence() + 1, data, end.hash());
      if (!moved(sql, entry)) {
        throw new IllegalStateException("the journal of " + note.incidentId() + " moves on");
      }
    }
    sql.insert(entry);
    remember(tx, entry);
    return entry;
  }

  private static Head readHead(JournalSql sql, String incidentId) {
    return sql.head(incidentId).orElseGet(() -> new Head(incidentId, 0, JournalEntry.GENESIS));
  }

  private static boolean moved(JournalSql sql, JournalEntry entry) {
    Head head = new Head(entry.incidentId(), entry.sequence(), entry.hash());
    return entry.sequence() == 1
        ? sql.insertHead(head) == 1
        : sql.moveHead(head, entry.sequence() - 1) == 1;
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
    return StoreTx.sql(tx, JournalSql.class).read(incidentId, after, limit);
  }
}
