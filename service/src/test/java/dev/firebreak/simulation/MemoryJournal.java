package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The journal in memory, each incident chained. */
final class MemoryJournal implements Journal {
  private final MemoryStore store;

  MemoryJournal(MemoryStore store) {
    this.store = store;
  }

  @Override
  public JournalEntry append(Tx tx, JournalEntry.Note note) {
    store.heads.lock(tx, note.incidentId());
    Optional<JournalEntry> head = store.heads.get(tx, note.incidentId());
    JournalEntry entry =
        JournalEntry.chain(
            storable(note),
            head.map(JournalEntry::sequence).orElse(0L) + 1,
            new TreeMap<>(note.data()).toString(),
            head.map(JournalEntry::hash).orElse(JournalEntry.GENESIS));
    store.heads.put(tx, note.incidentId(), entry);
    store.journal.insert(tx, key(note.incidentId(), entry.sequence()), entry);
    return entry;
  }

  private static String key(String incidentId, long sequence) {
    String digits = Long.toString(sequence);
    return incidentId + '/' + "0".repeat(12 - digits.length()) + digits;
  }

  /** What no database can hold is marked. */
  private static JournalEntry.Note storable(JournalEntry.Note note) {
    String text = note.text();
    if (text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
      return note;
    }
    return new JournalEntry.Note(
        note.incidentId(),
        note.at(),
        note.actor(),
        note.kind(),
        note.runId(),
        note.stepId(),
        text.replaceAll("[\\x00\\ud800-\\udfff]", "\uFFFD"),
        note.data());
  }

  @Override
  public List<JournalEntry> read(Tx tx, String incidentId, long after, int limit) {
    return store
        .journal
        .all(tx)
        .subMap(key(incidentId, after + 1), incidentId + "/~")
        .values()
        .stream()
        .limit(limit)
        .toList();
  }
}
