package dev.firebreak.store;

import dev.firebreak.run.JournalEntry;
import dev.firebreak.store.JournalSql.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines one work adds, written together when it is done, or before it reads what it wrote. */
final class JournalPage {
  private final JournalSql sql;
  private final List<JournalEntry> lines = new ArrayList<>();
  private final Map<String, Head> begins = new HashMap<>();
  private final Map<String, Head> ends = new HashMap<>();

  JournalPage(JournalSql sql) {
    this.sql = sql;
  }

  /**
   * Adds a line.
   *
   * @param before where the incident's chain ends without it
   */
  void add(Head before, JournalEntry line) {
    Head unused = begins.putIfAbsent(line.incidentId(), before);
    ends.put(line.incidentId(), new Head(line.incidentId(), line.sequence(), line.hash()));
    lines.add(line);
  }

  /**
   * Writes what was not written yet.
   *
   * @throws Moved when another node added lines to one of the chains meanwhile
   */
  void write() {
    if (lines.isEmpty()) {
      return;
    }
    ends.forEach((incident, end) -> move(begins.getOrDefault(incident, end), end));
    sql.insert(lines);
    lines.clear();
    begins.clear();
    ends.clear();
  }

  private void move(Head begin, Head end) {
    int moved = begin.sequence() == 0 ? sql.insertHead(end) : sql.moveHead(end, begin.sequence());
    if (moved == 0) {
      throw new Moved(end.incidentId());
    }
  }

  /** The chain goes on elsewhere: the work has to look again. */
  static final class Moved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Moved(String incidentId) {
      super("another node adds to the journal of " + incidentId);
    }
  }
}
