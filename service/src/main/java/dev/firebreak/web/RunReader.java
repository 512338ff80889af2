package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.ByHand;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Rehearsing;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of a run shows. */
final class RunReader {
  private static final int GATES = 20;
  private static final int ARTIFACTS = 200;
  private static final int VARS = 30;
  private static final int LONGEST = 300;

  private final Shelves shelves;
  private final Desks desks;

  RunReader(Shelves shelves, Desks desks) {
    this.shelves = shelves;
    this.desks = desks;
  }

  RunView view(Tx tx, Run run, Askable askable, Times times) {
    @Nullable Runbook runbook = version(run);
    List<GateCard> gates =
        desks.gates().list(tx, Gate.Status.OPEN, run.incidentId(), null, GATES).stream()
            .filter(gate -> gate.runId().equals(run.id()))
            .map(gate -> GateCard.of(gate, askable, times))
            .toList();
    List<Artifact> artifacts = shelves.artifacts().first(tx, run.incidentId(), run.id(), ARTIFACTS);
    Legend legend = Legend.of(runbook);
    List<RunView.Unsure> unsure = unsure(run, legend, times);
    List<IncidentView.Label> vars = vars(run);
    return new RunView(
        run.id(),
        head(tx, run, runbook, times),
        broken(tx, run, times),
        hands(run, askable.who()),
        gates,
        !gates.isEmpty(),
        unsure,
        !unsure.isEmpty(),
        new StepCards(legend, artifacts, times, step -> hand(run, runbook, step, askable.who()))
            .phases(run),
        vars,
        !vars.isEmpty(),
        artifacts.stream().map(IncidentLines::artifact).toList(),
        !artifacts.isEmpty());
  }

  /**
   * The version it runs; null when its text can no longer be read: the page is shown all the same.
   */
  private @Nullable Runbook version(Run run) {
    try {
      return shelves.runbooks().version(run.version());
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private List<RunView.Broken> broken(Tx tx, Run run, Times times) {
    return desks.glass().ofRun(tx, run.id()).stream()
        .map(
            review ->
                new RunView.Broken(
                    review.person(),
                    review.reason(),
                    times.when(review.brokenAt()),
                    review.end() == null))
        .toList();
  }

  private RunView.Head head(Tx tx, Run run, @Nullable Runbook runbook, Times times) {
    String incident =
        shelves
            .incidents()
            .find(tx, run.incidentId())
            .map(Incident::title)
            .orElse(run.incidentId());
    Instant end = run.endedAt() == null ? times.now() : run.endedAt();
    return new RunView.Head(
        runbook == null ? run.runbook() : runbook.title(),
        run.runbook(),
        run.version().substring(0, Math.min(12, run.version().length())),
        Badge.of(run.status()),
        run.why() == null ? "" : Excerpt.line(run.why().text(), 600),
        new Link(Excerpt.line(incident, LONGEST), "/incidents/" + run.incidentId()),
        caller(run),
        TimelineReader.actor(run.startedBy()),
        times.when(run.createdAt()),
        times.whenKnown(run.endedAt()),
        Times.took(Duration.between(run.createdAt(), end)),
        run.control().paused(),
        Rehearsing.by(run));
  }

  private static @Nullable Link caller(Run run) {
    return run.parent()
        .map(
            parent ->
                new Link(
                    "%s of %s".formatted(parent.step(), parent.path().getLast()),
                    "/runs/" + Address.part(parent.run())))
        .orElse(null);
  }

  private static RunView.Hands hands(Run run, Principal who) {
    boolean may = who.may(Role.RESPONDER);
    boolean alive = !run.status().ended() && run.control().cancelled() == null;
    return new RunView.Hands(
        may,
        may ? "" : "Acting needs the role responder. You have: " + Fault.roles(who) + ".",
        alive,
        alive && !run.control().paused(),
        alive && run.control().paused());
  }

  private static RunView.@Nullable Hand hand(
      Run run, @Nullable Runbook runbook, StepRun step, Principal who) {
    if (run.status().ended() || !who.may(Role.RESPONDER)) {
      return null;
    }
    boolean retry = runbook != null && ByHand.againstRetry(runbook, run, step.id()).isEmpty();
    boolean skip = ByHand.againstSkip(run, step.id()).isEmpty();
    return retry || skip
        ? new RunView.Hand(
            run.id(),
            Address.parts(step.id()),
            retry,
            skip,
            step.state() instanceof StepState.Unknown,
            signal(step.state()))
        : null;
  }

  private static String signal(StepState state) {
    return state instanceof StepState.Waiting waiting
            && waiting.what() == WaitFor.SIGNAL
            && waiting.ref() != null
        ? waiting.ref()
        : "";
  }

  private static List<RunView.Unsure> unsure(Run run, Legend legend, Times times) {
    return run.steps().values().stream().flatMap(step -> unsure(run, step, legend, times)).toList();
  }

  private static Stream<RunView.Unsure> unsure(Run run, StepRun step, Legend legend, Times times) {
    return step.state() instanceof StepState.Unknown unknown
        ? Stream.of(
            new RunView.Unsure(
                step.id(),
                Address.parts(step.id()),
                ListWords.name(legend.of(step.id()).name(), run, step.id()),
                Excerpt.sentence(unknown.why().text()),
                times.when(unknown.since())))
        : Stream.empty();
  }

  private static List<IncidentView.Label> vars(Run run) {
    return run.vars().entrySet().stream().limit(VARS).map(RunReader::label).toList();
  }

  private static IncidentView.Label label(Map.Entry<String, String> entry) {
    return new IncidentView.Label(entry.getKey(), Excerpt.line(entry.getValue(), LONGEST));
  }
}
