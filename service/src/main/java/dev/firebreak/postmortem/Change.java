package dev.firebreak.postmortem;

import java.time.Instant;
import java.util.List;

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
  /** What the lines say of the change whose intent stands at {@code index}. */
  static Change of(List<Line> lines, int index) {
    Line intent = lines.get(index);
    List<Line> after = untilNextIntent(lines, index);
    Line outcome = last(after, intent.step());
    Line proof = last(after, intent.step() + ".verify");
    Line undo = last(after, intent.step() + ".undo");
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

  private static List<Line> untilNextIntent(List<Line> lines, int index) {
    Line intent = lines.get(index);
    return lines.subList(index + 1, lines.size()).stream()
        .filter(line -> line.run().equals(intent.run()))
        .takeWhile(line -> !(line.is("intent.committed") && line.step().equals(intent.step())))
        .toList();
  }

  private static @org.jspecify.annotations.Nullable Line last(List<Line> lines, String step) {
    Line last = null;
    for (Line line : lines) {
      if (line.step().equals(step) && line.ends()) {
        last = line;
      }
    }
    return last;
  }
}
