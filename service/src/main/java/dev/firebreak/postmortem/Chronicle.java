package dev.firebreak.postmortem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an incident's journal tells, sorted for its postmortem. A pure function of the entries, of
 * which it reads {@code kind}, {@code at}, {@code actor}, {@code runId}, {@code stepId}, {@code
 * text}, and these keys of {@code data}:
 *
 * <ul>
 *   <li>{@code step.*}: {@code phase} ({@code diagnose}, {@code change}, {@code verify}, {@code
 *       undo}); the step that proves {@code x} is {@code x.verify}, the one that takes it back
 *       {@code x.undo}
 *   <li>{@code intent.committed}: {@code targets}, a list; {@code gate}, when one approved it
 *   <li>{@code gate.*}: {@code gate}, its id
 *   <li>{@code ticket.opened}: {@code system}, {@code ref}, {@code url}
 * </ul>
 *
 * A key that is missing loses the detail, never the line.
 *
 * @param lines everything that was kept, oldest first
 * @param findings how the reading steps ended
 * @param changes what automation decided to change
 * @param refused what the guards refused or held
 * @param questions what automation asked
 * @param calls whom it called, and who came
 * @param people what humans did
 * @param undelivered messages that did not go out
 * @param tickets by system, the line that opened its ticket
 */
record Chronicle(
    Moments moments,
    List<Line> lines,
    List<Line> findings,
    List<Change> changes,
    List<Line> refused,
    List<Question> questions,
    List<Line> calls,
    List<Line> people,
    List<Line> undelivered,
    Map<String, Line> tickets) {
  private static final Set<String> REFUSALS = Set.of("guard.denied", "guard.held");
  private static final Set<String> LOST = Set.of("message.given-up", "message.failed");

  /**
   * Reads a journal.
   *
   * @param alert when the earliest alert began, as its source says
   * @param lines oldest first
   */
  static Chronicle of(Optional<Instant> alert, List<Line> lines) {
    return new Chronicle(
        Moments.of(alert, lines),
        lines,
        lines.stream().filter(line -> line.ends() && line.in("diagnose")).toList(),
        Change.of(lines),
        lines.stream().filter(line -> REFUSALS.contains(line.kind())).toList(),
        lines.stream()
            .filter(line -> line.is("gate.opened"))
            .map(line -> Question.of(lines, line))
            .toList(),
        lines.stream().filter(line -> line.kind().startsWith("escalation.")).toList(),
        lines.stream().filter(Line::byPerson).toList(),
        lines.stream().filter(line -> LOST.contains(line.kind())).toList(),
        tickets(lines));
  }

  private static Map<String, Line> tickets(List<Line> lines) {
    Map<String, Line> tickets = new TreeMap<>();
    lines.stream()
        .filter(line -> line.is("ticket.opened"))
        .forEach(line -> tickets.put(line.value("system"), line));
    return tickets;
  }

  /** What the author must find out, as far as the record shows that something is open. */
  List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    repeatedTargets()
        .forEach(
            (target, times) ->
                doubts.add(
                    target + " was changed " + times + " times: which hidden cause came back?"));
    changes.stream()
        .filter(change -> !change.verified())
        .forEach(
            change ->
                doubts.add(
                    "The change '%s' was not verified: did it help, harm, or do nothing?"
                        .formatted(change.step())));
    questions.stream()
        .filter(question -> question.answer().equals("expired"))
        .forEach(
            question ->
                doubts.add(
                    "Nobody answered about '%s' in time: who should have been asked?"
                        .formatted(question.step())));
    refused.forEach(line -> doubts.add("A guard said no: was it right? (" + line.text() + ")"));
    lines.stream()
        .filter(line -> line.is("escalation.exhausted"))
        .forEach(line -> doubts.add("Nobody of the chain came: why? (" + line.text() + ")"));
    lines.stream()
        .filter(line -> line.is("step.unknown"))
        .forEach(line -> doubts.add("What really happened here? (" + line.text() + ")"));
    lines.stream()
        .filter(line -> line.is("step.repeated-unknown"))
        .forEach(line -> doubts.add("Was it made twice, and did it harm? (" + line.text() + ")"));
    undelivered.forEach(line -> doubts.add("Who was not told? (" + line.text() + ")"));
    return doubts.stream().distinct().toList();
  }

  private Map<String, Integer> repeatedTargets() {
    Map<String, Integer> times = new LinkedHashMap<>();
    changes.forEach(
        change -> change.targets().forEach(target -> times.merge(target, 1, Integer::sum)));
    times.values().removeIf(count -> count < 2);
    return times;
  }
}
