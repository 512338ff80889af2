package dev.firebreak.rehearsal;

import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what came of a run with what its test expects. */
final class Verdicts {
  private static final int RECORD = 10_000;

  private final Run run;
  private final Runbook runbook;
  private final List<JournalEntry> journal;

  Verdicts(Stage stage, Runbook runbook, Run run) {
    this.run = run;
    this.runbook = runbook;
    this.journal =
        stage.read(tx -> stage.database().journal().read(tx, run.incidentId(), 0, RECORD));
  }

  /** Whether a run waits for somebody to acknowledge. */
  static boolean called(Run run) {
    StepRun call = run.steps().get(NewRun.ESCALATE);
    return call != null && call.state() instanceof Waiting && !run.status().ended();
  }

  List<String> faults(RunbookCase.Expect expect) {
    List<String> faults = new ArrayList<>();
    if (expect.outcome() != null && !expect.outcome().equals(run.status().asText())) {
      faults.add(
          "expected outcome %s, but it is %s: %s"
              .formatted(
                  expect.outcome(),
                  run.status().asText(),
                  run.why() == null ? "" : run.why().text()));
    }
    if (expect.ran() != null) {
      compare(faults, "ran", expect.ran(), ran(expect.ran()));
    }
    if (expect.skipped() != null && !ended(End.SKIPPED).containsAll(expect.skipped())) {
      faults.add(
          "expected skipped %s, but skipped were %s"
              .formatted(expect.skipped(), ended(End.SKIPPED)));
    }
    if (expect.asked() != null) {
      compare(faults, "asked", expect.asked(), asked());
    }
    if (expect.refused() != null) {
      refused(faults, expect.refused());
    }
    return faults;
  }

  private static void compare(
      List<String> faults, String what, Collection<String> expected, Set<String> actual) {
    if (!new TreeSet<>(expected).equals(actual)) {
      faults.add("expected %s %s, but it is %s".formatted(what, new TreeSet<>(expected), actual));
    }
  }

  private Set<String> ran(List<String> named) {
    return run.steps().values().stream()
        .filter(this::began)
        .filter(step -> counted(step) || named.contains(step.id()))
        .map(StepRun::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean began(StepRun step) {
    return step.attempt() > 0
        || (step.phase() == Phase.ESCALATE
            && journal.stream().anyMatch(entry -> entry.kind().equals("escalation.called")));
  }

  private static boolean counted(StepRun step) {
    return step.phase() == Phase.DIAGNOSE || step.phase() == Phase.CHANGE;
  }

  private Set<String> ended(End end) {
    return run.steps().values().stream()
        .filter(step -> step.ended(end))
        .map(StepRun::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> asked() {
    return steps("gate.opened").stream()
        .map(step -> Address.of(step).top())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> steps(String kind) {
    return journal.stream()
        .filter(entry -> entry.kind().equals(kind))
        .map(entry -> String.valueOf(entry.stepId()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void refused(List<String> faults, Map<String, String> expected) {
    Map<String, String> actual = new TreeMap<>();
    steps("guard.denied").stream()
        .filter(step -> !Address.of(step).undoes())
        .map(step -> Address.of(step).top())
        .filter(rung -> runbook.rung(rung).isPresent())
        .forEach(step -> actual.put(step, code(step)));
    boolean same =
        actual.keySet().equals(expected.keySet())
            && expected.entrySet().stream()
                .allMatch(
                    one ->
                        one.getValue().isEmpty()
                            || one.getValue().equals(actual.get(one.getKey())));
    if (!same) {
      faults.add("expected refused %s, but it is %s".formatted(expected, actual));
    }
  }

  private String code(String step) {
    return run.step(step).state() instanceof Ended over ? over.why().code() : "";
  }
}
