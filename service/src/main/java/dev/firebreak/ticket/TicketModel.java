package dev.firebreak.ticket;

import dev.firebreak.core.Instants;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Rehearsing;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What templates of tickets see. Every text that came from outside is inert in the ticket system's
 * markup; addresses, ids, times and hashes are Firebreak's own. Pure.
 *
 * @param baseUrl where the console is, without a slash at its end
 */
record TicketModel(Markup markup, String baseUrl) {
  private static final int LATEST = 60;

  Map<String, Object> of(TicketFacts facts) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("incident", incident(facts.incident()));
    model.put("resolved", facts.resolved());
    model.put("runs", facts.run().stream().map(this::run).toList());
    model.put("artifacts", facts.artifacts().stream().map(this::artifact).toList());
    int skipped = Math.max(0, facts.journal().size() - LATEST);
    model.put("earlier", skipped == 0 ? List.of() : List.of(Map.of("count", skipped)));
    model.put("timeline", facts.journal().stream().skip(skipped).map(this::entry).toList());
    return model;
  }

  String incidentUrl(String id) {
    return baseUrl + "/incidents/" + id;
  }

  String artifactUrl(Artifact artifact) {
    return baseUrl + "/artifacts/" + artifact.id();
  }

  private Map<String, Object> incident(Incident incident) {
    return Map.of(
        "id", incident.id(),
        "key", text(incident.key()),
        "title", text(incident.title()),
        "severity", text(Objects.requireNonNullElse(incident.severity(), "not given")),
        "owner", text(incident.owner()),
        "status", incident.status().asText(),
        "opened_at", Instants.text(incident.openedAt()),
        "resolved_by", text(Objects.requireNonNullElse(incident.resolvedBy(), "")),
        "url", incidentUrl(incident.id()),
        "postmortem", incidentUrl(incident.id()) + "/postmortem");
  }

  private Map<String, Object> run(Run run) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", run.id());
    model.put("runbook", text(run.runbook()));
    model.put("url", baseUrl + "/runs/" + run.id());
    model.put("rehearsal", Rehearsing.by(run));
    model.put("alert", alert(run.alert()));
    model.put("labels", pairs(run.alert().get("labels")));
    model.put("annotations", pairs(run.alert().get("annotations")));
    model.put(
        "steps",
        run.steps().values().stream()
            .map(
                step ->
                    Map.of(
                        "id", text(step.id()),
                        "status", step.state().status().asText(),
                        "reason", text(reason(step.state()))))
            .toList());
    return model;
  }

  private Map<String, Object> alert(Map<String, Object> alert) {
    Map<String, Object> model = new LinkedHashMap<>();
    for (String name : List.of("source", "status", "starts_at", "severity", "summary", "link")) {
      model.put(name, text(alert.get(name)));
    }
    if (alert.get("starts_at") instanceof String at) {
      model.put("starts_at", text(Instants.text(at)));
    }
    return model;
  }

  private List<Map<String, String>> pairs(@Nullable Object map) {
    return map instanceof Map<?, ?> pairs
        ? pairs.entrySet().stream()
            .map(pair -> Map.of("name", text(pair.getKey()), "value", text(pair.getValue())))
            .toList()
        : List.of();
  }

  private static String reason(StepState state) {
    return switch (state) {
      case StepState.Waiting waiting -> waiting.why().text();
      case StepState.Unknown unknown -> unknown.why().text();
      case StepState.Ended ended -> ended.why().text();
      case StepState.Pending pending -> "";
      case StepState.Ready ready -> "";
      case StepState.Running running -> "";
      case StepState.Underway underway -> "";
    };
  }

  private Map<String, Object> artifact(Artifact artifact) {
    return Map.of(
        "name", text(artifact.name()),
        "step", text(artifact.stepId()),
        "size", artifact.size(),
        "sha256", artifact.sha256(),
        "truncated", artifact.truncated(),
        "url", artifactUrl(artifact));
  }

  private Map<String, Object> entry(JournalEntry entry) {
    return Map.of(
        "at", entry.at().toString(),
        "kind", entry.kind(),
        "actor", text(entry.actor()),
        "text", text(entry.text()));
  }

  private String text(@Nullable Object value) {
    return value == null ? "" : markup.value(String.valueOf(value));
  }
}
