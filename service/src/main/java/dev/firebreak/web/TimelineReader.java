package dev.firebreak.web;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the end of a record of any length in a handful of short reads. */
final class TimelineReader {
  private static final int LINES = 60;
  private static final int LONGEST = 600;

  /** What is on record but seldom news: shown in one quiet line. */
  private static final Set<String> MINOR =
      Set.of(
          "delivery.received",
          "alert.repeated",
          "step.running",
          "step.ready",
          "step.skipped",
          "artifact.kept",
          "intent.committed",
          "message.delivered");

  private final Journal journal;

  TimelineReader(Journal journal) {
    this.journal = journal;
  }

  /**
   * The newest lines.
   *
   * @param before only lines with a smaller sequence; 0 for the newest
   */
  IncidentView.Timeline newest(Tx tx, String incident, long before, Times times) {
    long end = before > 0 ? before - 1 : journal.last(tx, incident);
    long from = Math.max(end - LINES, 0);
    List<IncidentView.Line> lines = new ArrayList<>();
    if (end > 0) {
      for (JournalEntry entry : journal.read(tx, incident, from, LINES)) {
        if (entry.sequence() <= end) {
          lines.addFirst(line(entry, times));
        }
      }
    }
    String older = from > 0 ? "/incidents/" + incident + "?before=" + (from + 1) : null;
    return new IncidentView.Timeline(lines, !lines.isEmpty(), Long.toString(end), older);
  }

  static IncidentView.Line line(JournalEntry entry, Times times) {
    return new IncidentView.Line(
        Long.toString(entry.sequence()),
        times.when(entry.at()),
        MINOR.contains(entry.kind()),
        Badge.ofKind(entry.kind()),
        actor(entry.actor()),
        step(entry),
        Excerpt.line(entry.text(), LONGEST));
  }

  /** {@code person:ana} as {@code ana}; machines and sources keep their sort. */
  static String actor(String actor) {
    boolean plain = actor.startsWith("person:") || actor.startsWith("system:");
    return plain ? actor.substring("person:".length()) : actor;
  }

  private static @Nullable Link step(JournalEntry entry) {
    boolean run = entry.stepId() != null || entry.kind().startsWith("run.");
    String text = entry.stepId() == null ? "run" : entry.stepId();
    return run && entry.runId() != null ? new Link(text, "/runs/" + entry.runId()) : null;
  }
}
