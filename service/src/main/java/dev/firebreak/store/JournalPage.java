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
  private final Map<String, Span> spans = new HashMap<>();

  JournalPage(JournalSql sql) {
    this.sql = sql;
  }

  /** What the lines add to one chain: from where it ended to where it ends. */
  private record Span(Head begin, Head end) {
    Span then(Span next) {
      return new Span(begin, next.end);
    }
  }

  /**
   * Adds a line.
   *
   * @param before where the incident's chain ends without it
   */
  void add(Head before, JournalEntry line) {
    Head end = new Head(line.incidentId(), line.sequence(), line.hash());
    spans.merge(line.incidentId(), new Span(before, end), Span::then);
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
    spans.values().forEach(this::move);
    sql.insert(lines);
    lines.clear();
    spans.clear();
  }

  private void move(Span span) {
    long before = span.begin().sequence();
    int moved = before == 0 ? sql.insertHead(span.end()) : sql.moveHead(span.end(), before);
    if (moved == 0) {
      throw new Moved(span.end().incidentId());
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
