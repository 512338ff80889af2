package dev.firebreak.postmortem;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Instants;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the template of a postmortem sees. Used once, by one thread. */
final class PostmortemModel {
  private final Verbatim verbatim;
  private final String baseUrl;

  PostmortemModel(Verbatim verbatim, String baseUrl) {
    this.verbatim = verbatim;
    this.baseUrl = baseUrl;
  }

  Map<String, Object> of(
      Incident incident,
      Chronicle chronicle,
      List<Line> timeline,
      List<Artifact> artifacts,
      Instant now) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("incident", incident(incident));
    model.put("resolved", incident.status() == Incident.Status.RESOLVED);
    model.put("drafted_at", time(now));
    model.put("moments", moments(chronicle.moments()));
    model.put("findings", lines(chronicle.findings()));
    model.put("changes", chronicle.changes().stream().map(this::change).toList());
    model.put("refused", lines(chronicle.refused()));
    model.put("questions", chronicle.questions().stream().map(this::question).toList());
    model.put("calls", lines(chronicle.calls()));
    model.put("people", lines(chronicle.people()));
    model.put("undelivered", lines(chronicle.undelivered()));
    model.put("tickets", chronicle.tickets().values().stream().map(this::ticket).toList());
    model.put("artifacts", artifacts.stream().map(this::artifact).toList());
    model.put("timeline", lines(timeline));
    model.put("doubts", chronicle.doubts().stream().map(Verbatim::plain).toList());
    return model;
  }

  private Map<String, Object> incident(Incident incident) {
    return Map.of(
        "id", verbatim.keep(incident.id()),
        "key", Verbatim.plain(incident.key()),
        "title", Verbatim.plain(incident.title()),
        "severity", Verbatim.plain(Objects.requireNonNullElse(incident.severity(), "not given")),
        "owner", Verbatim.plain(incident.owner()),
        "status", incident.status().asText(),
        "acknowledged_by",
            Verbatim.plain(Objects.requireNonNullElse(incident.acknowledgedBy(), "nobody")),
        "resolved_by", Verbatim.plain(Objects.requireNonNullElse(incident.resolvedBy(), "nobody")),
        "url", verbatim.link(baseUrl + "/incidents/" + incident.id()));
  }

  private List<Map<String, Object>> moments(Moments moments) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Instant first = null;
    Instant before = null;
    for (Map.Entry<String, Optional<Instant>> moment : moments.named().entrySet()) {
      Instant at = moment.getValue().orElse(null);
      rows.add(
          Map.of(
              "name", moment.getKey(),
              "at", at == null ? "not on record" : time(at),
              "after", at == null || before == null ? "" : span(before, at),
              "since", at == null || first == null ? "" : span(first, at)));
      if (at != null) {
        first = first == null ? at : first;
        before = at;
      }
    }
    return rows;
  }

  /** To the millisecond; a source's clock may be ahead of ours. */
  private static String span(Instant from, Instant to) {
    Duration span = Duration.between(from, to).truncatedTo(ChronoUnit.MILLIS);
    return span.isNegative() ? Durations.text(span.negated()) + " before" : Durations.text(span);
  }

  private String time(Instant at) {
    return verbatim.keep(Instants.text(at));
  }

  private List<Map<String, Object>> lines(List<Line> lines) {
    return lines.stream().map(this::line).toList();
  }

  private Map<String, Object> line(Line line) {
    return Map.of(
        "at", time(line.at()),
        "kind", verbatim.keep(line.kind()),
        "by", Verbatim.plain(line.name()),
        "step", Verbatim.plain(line.step()),
        "text", Verbatim.plain(line.text()));
  }

  private Map<String, Object> change(Change change) {
    return Map.of(
        "at", time(change.at()),
        "step", Verbatim.plain(change.step()),
        "targets", Verbatim.plain(String.join(", ", change.targets())),
        "approved", !change.gate().isEmpty(),
        "outcome", Verbatim.plain(change.outcome()),
        "proof", change.proof().isEmpty() ? "there was none" : Verbatim.plain(change.proof()),
        "verified", change.verified(),
        "undo", Verbatim.plain(change.undo()),
        "undone", !change.undo().isEmpty());
  }

  private Map<String, Object> question(Question question) {
    return Map.of(
        "at", time(question.at()),
        "step", Verbatim.plain(question.step()),
        "text", Verbatim.plain(question.text()),
        "answer", question.answer(),
        "votes", question.votes().stream().map(Verbatim::plain).toList());
  }

  private Map<String, Object> ticket(Line line) {
    return Map.of(
        "system", Verbatim.plain(line.value("system")),
        "ref", Verbatim.plain(line.value("ref")),
        "url", verbatim.link(line.value("url")));
  }

  private Map<String, Object> artifact(Artifact artifact) {
    return Map.of(
        "name", Verbatim.plain(artifact.name()),
        "step", Verbatim.plain(artifact.stepId()),
        "size", artifact.size(),
        "truncated", artifact.truncated(),
        "sha256", verbatim.keep(artifact.sha256()),
        "url", verbatim.link(baseUrl + "/artifacts/" + artifact.id()));
  }
}
