package dev.firebreak.postmortem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One change that automation decided to make.
 *
 * @param targets what it touched
 * @param at when it was decided
 * @param gate the gate that approved it, empty when nobody was asked
 * @param outcome how it ended, one sentence
 * @param proof what its verification said, one sentence; empty when there was none
 * @param undo what its undoing said, one sentence; empty when there was none
 * @param verified whether the proof held
 */
record Change(
    String run,
    String step,
    List<String> targets,
    Instant at,
    String gate,
    String outcome,
    String proof,
    String undo,
    boolean verified) {
  private static final String UNDO = ".undo";

  /** What the lines say of all changes, oldest first. Each line is looked at once. */
  static List<Change> of(List<Line> lines) {
    List<Change> changes = new ArrayList<>();
    // from the end: what is known of a step is how it ended last, before its next intent
    Map<String, Line> ends = new HashMap<>();
    for (Line line : lines.reversed()) {
      if (line.is("intent.committed") && !line.step().endsWith(UNDO)) {
        changes.add(of(line, ends));
      } else if (line.ends()) {
        Line unused = ends.putIfAbsent(key(line, ""), line);
      }
    }
    return changes.reversed();
  }

  private static Change of(Line intent, Map<String, Line> ends) {
    Line outcome = ends.remove(key(intent, ""));
    Line proof = ends.remove(key(intent, ".verify"));
    Line undo = ends.remove(key(intent, UNDO));
    return new Change(
        intent.run(),
        intent.step(),
        intent.values("targets"),
        intent.at(),
        intent.value("gate"),
        outcome == null ? "no outcome is on record" : outcome.text(),
        proof == null ? "" : proof.text(),
        undo == null ? "" : undo.text(),
        proof != null && proof.is("step.succeeded"));
  }

  private static String key(Line line, String part) {
    return line.run() + ' ' + line.step() + part;
  }
}
