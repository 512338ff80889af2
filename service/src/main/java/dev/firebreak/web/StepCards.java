package dev.firebreak.web;

import dev.firebreak.run.Artifact;
import dev.firebreak.run.Gathering;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps of a run, in the parts of its runbook. */
final class StepCards {
  private static final int OUTPUT_IN_ALL = 14_000;
  private static final int OUTPUT = 1_200;
  private static final int BRIEF = 320;

  private final Legend legend;
  private final List<Artifact> artifacts;
  private final Times times;
  private final Function<StepRun, RunView.@Nullable Hand> hands;

  /**
   * @param hands what may be done to a step, null for nothing
   */
  StepCards(
      Legend legend,
      List<Artifact> artifacts,
      Times times,
      Function<StepRun, RunView.@Nullable Hand> hands) {
    this.legend = legend;
    this.artifacts = artifacts;
    this.times = times;
    this.hands = hands;
  }

  List<RunView.Phase> phases(Run run) {
    long told = run.steps().values().stream().filter(step -> !step.output().isEmpty()).count();
    int each = (int) Math.min(OUTPUT, OUTPUT_IN_ALL / Math.max(told, 1));
    return List.of(
            phase(run, "Diagnose", "reads only", Set.of(Phase.DIAGNOSE), each),
            phase(
                run,
                "Remediate",
                "a ladder: each fix only if the one before did not verify",
                Set.of(Phase.CHANGE, Phase.ACT, Phase.READ, Phase.VERIFY, Phase.UNDO),
                each),
            phase(run, "Escalate", "calls a human", Set.of(Phase.ESCALATE), each),
            phase(run, "Finally", "reports", Set.of(Phase.FINALLY), each))
        .stream()
        .filter(phase -> !phase.steps().isEmpty())
        .toList();
  }

  private RunView.Phase phase(Run run, String name, String hint, Set<Phase> phases, int output) {
    return new RunView.Phase(
        name,
        hint,
        ListWords.inOrder(run.steps().values()).stream()
            .filter(step -> phases.contains(step.phase()))
            .map(step -> card(run, step, output))
            .toList());
  }

  private RunView.StepCard card(Run run, StepRun step, int output) {
    Legend.Entry entry = legend.of(step.id());
    return new RunView.StepCard(
        step.id(),
        ListWords.name(entry.name(), run, step.id()),
        entry.action(),
        ListWords.below(step),
        entry.needs(),
        Badge.of(step.state().status()),
        step.attempt() > 1 ? step.attempt() + " attempts" : "",
        RunCards.took(step, times),
        ListWords.progress(run, step) + why(step.state()),
        times.whenKnown(until(step.state())),
        ref(step, entry.action()),
        output(step.output(), output),
        step.ended(StepState.End.FAILED) && PlanTree.text(step.output()).length() <= BRIEF,
        hands.apply(step),
        artifacts.stream()
            .filter(artifact -> artifact.stepId().equals(step.id()))
            .map(IncidentLines::artifact)
            .toList());
  }

  private static String why(StepState state) {
    String text =
        switch (state) {
          case StepState.Waiting waiting -> waiting.why().text();
          case StepState.Unknown unknown -> unknown.why().text();
          case StepState.Ended ended -> ended.why().text();
          case StepState.Pending pending -> "";
          case StepState.Ready ready -> "";
          case StepState.Running running -> "";
          case StepState.Underway underway -> "";
        };
    return Excerpt.line(text, 500);
  }

  private static @Nullable Instant until(StepState state) {
    return switch (state) {
      case StepState.Waiting waiting -> Gathering.waits(waiting) ? null : waiting.until();
      case StepState.Running running -> running.until();
      default -> null;
    };
  }

  private static @Nullable Link ref(StepRun step, String action) {
    if (step.state() instanceof StepState.Waiting waiting && waiting.ref() != null) {
      return switch (waiting.what()) {
        case GATE -> new Link("Open the gate", "/gates/" + waiting.ref());
        case CHILD -> new Link("Open its run", "/runs/" + Address.part(waiting.ref()));
        default -> null;
      };
    }
    return action.equals("runbook") && step.output().get("run") instanceof String run
        ? new Link("Open its run", "/runs/" + Address.part(run))
        : null;
  }

  private static @Nullable Excerpt output(Map<String, Object> output, int most) {
    return output.isEmpty() ? null : Excerpt.of(PlanTree.text(output), most);
  }
}
