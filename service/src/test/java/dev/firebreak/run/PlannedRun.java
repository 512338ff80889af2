package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.runbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Actor;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run that a test plays with the planner, event by event: what it is, and what it wants. */
abstract class PlannedRun {
  static final Actor ANA = Actor.person("ana");

  Instant now = Instant.parse("2026-11-22T12:00:00Z");
  Runbook book = runbook(List.of(), List.of(), null, List.of());
  Run run = NewRun.of("run_1", "inc_1", book, Map.of(), "system:test", now);

  /** What the last event led to. */
  final List<RunCommand> commands = new ArrayList<>();

  void start(Runbook written) {
    book = written;
    run = NewRun.of("run_1", "inc_1", written, Map.of(), "system:test", now);
    tell(new RunEvent.Started(now));
  }

  void tell(RunEvent event) {
    commands.clear();
    Planner.Planned planned = Planner.next(book, run, event);
    run = planned.run();
    commands.addAll(planned.commands());
  }

  void ends(String step, Outcome outcome) {
    tell(new RunEvent.Performed(now, step, run.step(step).attempt(), outcome));
  }

  void admit(String step) {
    assertThat(commands).contains(new RunCommand.Propose(step));
    tell(new RunEvent.Admitted(now, step, "int_" + step + run.step(step).attempt()));
  }

  void wake(String step, Duration later) {
    now = now.plus(later);
    tell(new RunEvent.Woken(now, step));
  }

  String status(String step) {
    return run.step(step).state().status().asText();
  }

  boolean performs(String step) {
    return commands.stream()
        .anyMatch(c -> c instanceof RunCommand.Perform perform && perform.step().equals(step));
  }
}
