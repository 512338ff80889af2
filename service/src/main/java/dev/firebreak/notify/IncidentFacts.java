package dev.firebreak.notify;

import dev.firebreak.core.Instants;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Rehearsing;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
import dev.firebreak.run.Runs;
import dev.firebreak.run.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the facts of notices from the database, in one transaction. Thread-safe. */
public final class IncidentFacts implements NoticeFacts {
  private final Ledger ledger;
  private final Incidents incidents;
  private final Runs runs;
  private final TicketLinks tickets;
  private final String baseUrl;

  /**
   * @param baseUrl where the console is, for links
   */
  public IncidentFacts(
      Ledger ledger, Incidents incidents, Runs runs, TicketLinks tickets, String baseUrl) {
    this.ledger = ledger;
    this.incidents = incidents;
    this.runs = runs;
    this.tickets = tickets;
    this.baseUrl = baseUrl.replaceAll("/+$", "");
  }

  @Override
  public Map<String, Object> of(String incidentId, @Nullable String runId) {
    return ledger.read(tx -> read(tx, incidentId, runId));
  }

  private Map<String, Object> read(Tx tx, String incidentId, @Nullable String runId) {
    Incident incident =
        incidents
            .find(tx, incidentId)
            .orElseThrow(
                () ->
                    new CourierException(
                        "incident " + incidentId + " is not in the database", true, null));
    Map<String, Object> facts = new LinkedHashMap<>();
    Optional.ofNullable(runId)
        .flatMap(id -> runs.glance(tx, id))
        .ifPresent(run -> facts.putAll(run(run)));
    facts.put("incident", incident(incident));
    facts.put(
        "tickets",
        tickets.of(tx, incidentId).stream()
            .map(one -> Map.of("system", one.system(), "ref", one.ref(), "url", one.url()))
            .toList());
    return facts;
  }

  private Map<String, Object> incident(Incident incident) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", incident.id());
    facts.put("key", incident.key());
    facts.put("title", incident.title());
    facts.put("severity", Objects.requireNonNullElse(incident.severity(), ""));
    facts.put("owner", incident.owner());
    facts.put("status", incident.status().asText());
    facts.put("opened_at", Instants.text(incident.openedAt()));
    facts.put("acknowledged_by", Objects.requireNonNullElse(incident.acknowledgedBy(), ""));
    facts.put("resolved_by", Objects.requireNonNullElse(incident.resolvedBy(), ""));
    facts.put("url", baseUrl + "/incidents/" + incident.id());
    return facts;
  }

  /** As the runbook's own templates see it, and besides lists that a text can walk through. */
  @SuppressWarnings("unchecked")
  private Map<String, Object> run(Run run) {
    Map<String, Object> facts = new LinkedHashMap<>(RunModel.of(run));
    Map<String, Object> self = new LinkedHashMap<>((Map<String, Object>) facts.get("run"));
    self.put("status", run.status().asText());
    self.put("why", run.why() == null ? "" : run.why().text());
    self.put("url", baseUrl + "/runs/" + run.id());
    self.put("rehearsal", Rehearsing.by(run));
    facts.put("run", self);
    facts.put(
        "alert", toTheSecond((Map<String, Object>) Objects.requireNonNull(facts.get("alert"))));
    facts.put("labels", labels(run.alert().get("labels")));
    facts.put("ran", run.steps().values().stream().flatMap(step -> ran(step).stream()).toList());
    return facts;
  }

  private static Map<String, Object> toTheSecond(Map<String, Object> alert) {
    Map<String, Object> readable = new LinkedHashMap<>(alert);
    for (String moment : List.of("starts_at", "ends_at")) {
      readable.computeIfPresent(moment, (name, at) -> Instants.text(String.valueOf(at)));
    }
    return readable;
  }

  private static List<Map<String, Object>> labels(@Nullable Object labels) {
    return labels instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(
                label ->
                    Map.<String, Object>of(
                        "name", String.valueOf(label.getKey()),
                        "value", String.valueOf(label.getValue())))
            .toList()
        : List.of();
  }

  private static Optional<Map<String, Object>> ran(dev.firebreak.run.StepRun step) {
    String why =
        switch (step.state()) {
          case StepState.Ended ended -> ended.why().text();
          case StepState.Unknown unknown -> unknown.why().text();
          case StepState.Waiting waiting -> waiting.why().text();
          case StepState.Pending pending -> null;
          case StepState.Ready ready -> null;
          case StepState.Running running -> null;
          case StepState.Underway underway -> null;
        };
    return Optional.ofNullable(why)
        .map(
            text ->
                Map.of("id", step.id(), "status", step.state().status().asText(), "reason", text));
  }
}
