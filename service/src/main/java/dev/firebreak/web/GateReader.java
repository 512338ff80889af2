package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.gate.FiredSince;
import dev.firebreak.gate.Gate;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.AnswerForm;
import dev.firebreak.runbook.Runbook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of a gate shows. */
final class GateReader {
  private static final int OUTPUT = 900;
  private static final int BRIEF = 320;
  private static final int ARTIFACTS = 200;
  private static final int PROOFS = 12;
  private static final int TWENTIETHS = 20;

  private final Shelves shelves;
  private final GlassDesk glass;

  GateReader(Shelves shelves, GlassDesk glass) {
    this.shelves = shelves;
    this.glass = glass;
  }

  GateView view(Tx tx, Gate gate, Askable askable, Times times) {
    Optional<Incident> incident = shelves.incidents().find(tx, gate.incidentId());
    Optional<Run> run = shelves.runs().glance(tx, gate.runId());
    Map<String, Object> plan = actionFirst(gate.plan());
    List<String> targets = texts(plan.remove("targets"));
    GateView.Budget budget = budget(plan.remove("limit"));
    List<GateView.Proof> evidence = run.map(r -> evidence(tx, r)).orElse(List.of());
    List<GateView.NewsLine> news = news(tx, gate, times);
    List<GateView.VoteLine> votes = gate.votes().stream().map(vote -> vote(vote, times)).toList();
    boolean open = gate.status() == Gate.Status.OPEN;
    Optional<String> why = askable.why(gate);
    return new GateView(
        gate.id(),
        GateCard.of(gate, askable, times),
        new Link(
            incident.map(i -> Excerpt.line(i.title(), 200)).orElse(gate.incidentId()),
            "/incidents/" + gate.incidentId()),
        Badge.severity(incident.map(Incident::severity).orElse(null)),
        new Link(run.map(Run::runbook).orElse(gate.runId()), "/runs/" + gate.runId()),
        gate.stepId(),
        targets,
        !targets.isEmpty(),
        rows(gate, plan),
        gate.planHash(),
        gate.planHash().substring(0, Math.min(12, gate.planHash().length())),
        budget,
        evidence,
        !evidence.isEmpty(),
        news,
        !news.isEmpty(),
        votes,
        !votes.isEmpty(),
        walks(gate),
        decide(gate, why.orElse(""), open, open && mayBreak(askable)),
        times.whenKnown(gate.endedAt()));
  }

  private List<GateView.NewsLine> news(Tx tx, Gate gate, Times times) {
    return FiredSince.of(tx, shelves.alerts(), gate).stream()
        .map(
            stored ->
                new GateView.NewsLine(
                    Excerpt.line(stored.alert().summary(), 300),
                    Excerpt.line(
                        new TreeMap<>(stored.alert().labels())
                            .entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(", ")),
                        300),
                    times.when(stored.firstSeen())))
        .toList();
  }

  private static GateView.Decide decide(Gate gate, String why, boolean open, boolean glass) {
    return new GateView.Decide(
        open,
        open && why.isEmpty(),
        why,
        glass,
        FormLine.of(gate, "a"),
        !gate.form().isEmpty(),
        FormLine.of(gate, "g"),
        gate.form().isEmpty() ? "" : gate.answered().map(Gate.Vote::person).orElse(""));
  }

  private boolean mayBreak(Askable askable) {
    return askable.who().may(Role.APPROVER) && glass.may(askable.who().name(), askable.teams());
  }

  /** A plan without its form, and what the places in it stand for. */
  static List<PlanTree.Row> rows(Gate gate, Map<String, Object> plan) {
    plan.remove(AnswerForm.KEY);
    List<PlanTree.Row> rows = new ArrayList<>(PlanTree.rows(plan));
    rows.addAll(FormLine.rows(gate));
    return rows;
  }

  /** What would be done stands above where it is written. */
  private static Map<String, Object> actionFirst(Map<String, Object> plan) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (String first : List.of("name", "action", "params")) {
      if (plan.containsKey(first)) {
        ordered.put(first, plan.get(first));
      }
    }
    plan.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(String::valueOf).toList();
      default -> List.of(value.toString());
    };
  }

  private static GateView.@Nullable Budget budget(@Nullable Object limit) {
    if (!(limit instanceof Map<?, ?> map)
        || !(map.get("used") instanceof Number used)
        || !(map.get("max") instanceof Number max)
        || max.intValue() < 1) {
      return null;
    }
    long bar = Math.min(TWENTIETHS, used.longValue() * TWENTIETHS / max.longValue());
    return new GateView.Budget(
        used.toString(),
        max.toString(),
        map.get("per") == null ? "" : String.valueOf(map.get("per")),
        "b" + bar,
        used.longValue() >= max.longValue());
  }

  private List<GateView.Proof> evidence(Tx tx, Run run) {
    List<Artifact> artifacts = shelves.artifacts().first(tx, run.incidentId(), run.id(), ARTIFACTS);
    Legend legend = Legend.of(version(run));
    List<GateView.Proof> proofs = new ArrayList<>();
    for (StepRun step : run.steps().values()) {
      if (step.phase() == StepRun.Phase.DIAGNOSE && proofs.size() < PROOFS) {
        proofs.add(proof(run, step, legend, artifacts));
      }
    }
    return proofs;
  }

  private @Nullable Runbook version(Run run) {
    try {
      return shelves.runbooks().version(run.version());
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private static GateView.Proof proof(
      Run run, StepRun step, Legend legend, List<Artifact> artifacts) {
    String output = PlanTree.text(step.output());
    List<IncidentView.ArtifactLine> kept =
        artifacts.stream()
            .filter(a -> a.stepId().equals(step.id()))
            .map(IncidentLines::artifact)
            .toList();
    return new GateView.Proof(
        step.id(),
        legend.of(step.id()).name(),
        Badge.of(step.state().status()),
        output.isEmpty() ? null : Excerpt.of(output, OUTPUT),
        step.state() instanceof StepState.Ended ended ? Excerpt.line(ended.why().text(), 300) : "",
        kept,
        output.isEmpty() && kept.isEmpty(),
        output.length() <= BRIEF);
  }

  private static GateView.VoteLine vote(Gate.Vote vote, Times times) {
    return new GateView.VoteLine(
        vote.person(),
        vote.approve() ? new Badge("good", "approved") : new Badge("bad", "rejected"),
        vote.reason(),
        times.when(vote.at()),
        PlanTree.rows(vote.answers()));
  }

  private static List<GateView.Walk> walks(Gate gate) {
    List<GateView.Walk> walks = new ArrayList<>();
    for (int i = 0; i < gate.by().size(); i++) {
      walks.add(
          new GateView.Walk(
              String.join(", ", gate.by().get(i)), i == gate.walk(), i < gate.walk()));
    }
    return walks;
  }
}
