package dev.firebreak.postmortem;

import java.time.Instant;
import java.util.List;

/**
 * One question that automation put to humans.
 *
 * @param at when
 * @param text what was asked, of whom
 * @param votes who said what
 * @param answer how it ended: {@code approved}, {@code rejected}, {@code expired}, {@code void} or
 *     {@code open}
 */
record Question(String step, Instant at, String text, List<String> votes, String answer) {
  static Question of(List<Line> lines, Line opened) {
    String gate = opened.value("gate");
    List<Line> about =
        lines.stream()
            .filter(line -> line.kind().startsWith("gate."))
            .filter(line -> line.value("gate").equals(gate))
            .toList();
    return new Question(
        opened.step(),
        opened.at(),
        opened.text(),
        about.stream().filter(line -> line.is("gate.vote")).map(Line::text).toList(),
        about.stream()
            .map(Line::kind)
            .map(kind -> kind.substring("gate.".length()))
            .filter(List.of("approved", "rejected", "expired", "void")::contains)
            .reduce((earlier, later) -> later)
            .orElse("open"));
  }
}
