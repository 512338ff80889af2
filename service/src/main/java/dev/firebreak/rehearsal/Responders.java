package dev.firebreak.rehearsal;

import dev.firebreak.core.Actor;
import dev.firebreak.engine.Ordered;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Way;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.RunbookCase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The people of a test: they vote as it says, take every call, and send the signals it stubs. */
final class Responders {
  private static final Duration BETWEEN_VOTES = Duration.ofSeconds(1);

  private final Stage stage;
  private final RunbookCase test;
  private final String run;
  private final Set<String> answered = new HashSet<>();
  private final List<Later> later = new ArrayList<>();

  Responders(Stage stage, RunbookCase test, String run) {
    this.stage = stage;
    this.test = test;
    this.run = run;
  }

  /** A vote that is cast in a while. */
  private record Later(Instant at, String gate, RunbookCase.Vote vote) {}

  /** When somebody does something next by themselves. */
  Optional<Instant> next() {
    return later.stream().map(Later::at).min(Instant::compareTo);
  }

  /** They do what is to be done now. */
  void act() {
    vote();
    voteLate();
    acknowledge();
    signal();
  }

  private void acknowledge() {
    Run now = stage.run(run);
    if (Verdicts.called(now)) {
      stage.orders().acknowledge(now.incidentId(), Actor.person("somebody")).join();
      stage.settle();
    }
  }

  /** What is said to succeed gets its signal, after as long as it takes. */
  private void signal() {
    for (StepRun step : stage.run(run).steps().values()) {
      RunbookCase.Stub stub = ScriptedAction.stub(test.stubs(), step.id(), step.attempt());
      if (step.state() instanceof StepState.Waiting waiting
          && waiting.what() == WaitFor.SIGNAL
          && stub.how() == RunbookCase.Stub.How.OK
          && waiting.since().plus(stub.takes()).isBefore(waiting.until())) {
        stage.time().advanceTo(waiting.since().plus(stub.takes()));
        Ordered unused =
            stage
                .orders()
                .signal(
                    run,
                    String.valueOf(waiting.ref()),
                    null,
                    stub.output(),
                    Actor.person("somebody"))
                .join();
        stage.settle();
      }
    }
  }

  private void vote() {
    for (Gate gate : stage.openGates()) {
      if (answered.add(gate.id())) {
        for (RunbookCase.Vote vote :
            test.votes().getOrDefault(Address.of(gate.stepId()).top(), List.of())) {
          if (vote.after().isZero()) {
            stage.time().advanceTo(stage.time().instant().plus(BETWEEN_VOTES));
            answer(gate, vote);
            stage.settle();
          } else {
            later.add(new Later(gate.openedAt().plus(vote.after()), gate.id(), vote));
          }
        }
      }
    }
  }

  private void voteLate() {
    Instant now = stage.time().instant();
    for (Later due : later.stream().filter(vote -> !vote.at().isAfter(now)).toList()) {
      later.remove(due);
      stage.openGates().stream()
          .filter(gate -> gate.id().equals(due.gate()))
          .forEach(gate -> answer(gate, due.vote()));
      stage.settle();
    }
  }

  private void answer(Gate gate, RunbookCase.Vote vote) {
    Set<String> teams = Set.copyOf(gate.asked());
    var done =
        stage
            .orders()
            .decide(
                new GateDesk.Word(
                    gate.id(),
                    gate.planHash(),
                    vote.by(),
                    teams,
                    vote.approve(),
                    "in the test",
                    vote.answers(),
                    Way.API));
    // a vote that does not count shows in what the gate comes to, which the test looks at
    Object unused = done.handle((counted, refused) -> true).join();
  }
}
