package dev.firebreak.postmortem;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When things happened; what did not, is not in it. Pure.
 *
 * @param alert the earliest start of an alert, as its source says
 * @param received the first delivery that was about the incident
 * @param diagnosed the first reading step that ended
 * @param decided the first change that was decided, or put to humans
 * @param fixed the change that was later verified was done
 * @param verified the first proof that held
 * @param resolved the incident was over
 */
record Moments(
    Optional<Instant> alert,
    Optional<Instant> received,
    Optional<Instant> diagnosed,
    Optional<Instant> decided,
    Optional<Instant> fixed,
    Optional<Instant> verified,
    Optional<Instant> resolved) {
  static Moments of(Optional<Instant> alert, List<Line> lines) {
    Optional<Line> proof = first(lines, line -> line.is("step.succeeded") && line.in("verify"));
    return new Moments(
        alert,
        first(lines, line -> line.is("delivery.received") || line.is("alert.firing")).map(Line::at),
        first(lines, line -> line.ends() && !line.is("step.skipped") && line.in("diagnose"))
            .map(Line::at),
        first(lines, line -> line.is("intent.committed") || line.is("gate.opened")).map(Line::at),
        proof.flatMap(held -> fix(lines, held)).map(Line::at),
        proof.map(Line::at),
        first(lines, line -> line.is("incident.resolved")).map(Line::at));
  }

  private static Optional<Line> first(List<Line> lines, java.util.function.Predicate<Line> wanted) {
    return lines.stream().filter(wanted).findFirst();
  }

  /** The last success, before the proof, of the change it proves. */
  private static Optional<Line> fix(List<Line> lines, Line proof) {
    return lines.subList(0, lines.indexOf(proof)).stream()
        .filter(line -> line.is("step.succeeded") && line.in("change"))
        .filter(line -> line.run().equals(proof.run()))
        .filter(line -> proof.step().equals(line.step() + ".verify"))
        .reduce((earlier, later) -> later);
  }

  /** By name, in the order in which they are expected. */
  Map<String, Optional<Instant>> named() {
    Map<String, Optional<Instant>> named = new LinkedHashMap<>();
    named.put("Alert began", alert);
    named.put("Alert received", received);
    named.put("First diagnostic", diagnosed);
    named.put("Decision", decided);
    named.put("Fix done", fixed);
    named.put("Fix verified", verified);
    named.put("Resolved", resolved);
    return named;
  }
}
