package dev.firebreak.rehearsal;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.engine.Ordered;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Planner;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunModel;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Trigger;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the tests that stand in a runbook: the real planner, guards and gates on a database in
 * memory, with scripted outcomes and time under the test's control. Not thread-safe.
 */
public final class Rehearsal {
  private static final int MAX_MOMENTS = 10_000;
  private static final Duration BETWEEN_VOTES = Duration.ofSeconds(1);

  private final GuardSettings settings;
  private final Path folder;
  private int cases;

  /**
   * @param settings the operator's limits; the scope is the runbook's own targets
   * @param folder a folder that holds nothing
   */
  public Rehearsal(GuardSettings settings, Path folder) {
    this.settings = new GuardSettings(List.of("**"), settings.runbook(), settings.global());
    this.folder = folder;
  }

  /**
   * What came of one test.
   *
   * @param faults what is not as expected; empty when the test passed
   */
  public record Result(RunbookCase test, List<String> faults) {
    public Result {
      faults = List.copyOf(faults);
    }

    /** Whether everything was as expected. */
    public boolean passed() {
      return faults.isEmpty();
    }
  }

  /** Runs every test of a runbook, each on a stage of its own. */
  public List<Result> test(Runbook runbook) {
    return runbook.tests().stream().map(test -> new Result(test, play(runbook, test))).toList();
  }

  private List<String> play(Runbook runbook, RunbookCase test) {
    Alert alert = alert(test.alert(), VirtualTime.START);
    Optional<String> why = notStarted(runbook, alert, test.alert().inputs());
    if (why.isPresent() || test.expect().notStarted()) {
      return started(test, why);
    }
    Database database =
        Database.inMemory("rehearsal-" + System.identityHashCode(this) + "-" + cases++);
    try (Stage stage = new Stage(database, runbook, test.stubs(), settings, folder)) {
      history(stage, runbook, test, alert);
      String run = stage.fire(runbook, alert, key(runbook, alert), test.alert().inputs());
      play(stage, test, run, alert);
      return new Verdicts(stage, runbook, stage.run(run)).faults(test.expect());
    }
  }

  /** A runbook that is called has no incident of its own. */
  private static String key(Runbook runbook, Alert alert) {
    return runbook.on() == Trigger.CALLED
        ? "test"
        : runbook.on().incident().render(Map.of("alert", alert.asModel()));
  }

  private static Optional<String> notStarted(
      Runbook runbook, Alert alert, Map<String, Object> inputs) {
    Map<String, Object> model = Map.of("alert", alert.asModel());
    try {
      Object unused = runbook.contract().filled(inputs);
      if (runbook.on() == Trigger.CALLED) {
        return Optional.empty();
      }
      if (alert.status() != Alert.Status.FIRING || !runbook.on().alert().test(model)) {
        return Optional.of("its `on.alert` is not true of this alert");
      }
      return runbook.on().incident().render(model).isBlank()
          ? Optional.of("its `on.incident` is empty for this alert")
          : Optional.empty();
    } catch (ExpressionException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> started(RunbookCase test, Optional<String> why) {
    if (test.expect().notStarted()) {
      return why.isPresent() ? List.of() : List.of("expected that no run starts, but one does");
    }
    return List.of("no run starts: " + why.orElse(""));
  }

  private static Alert alert(RunbookCase.Given given, Instant start) {
    return new Alert(
        given.source(),
        given.fingerprint(),
        given.firing() ? Alert.Status.FIRING : Alert.Status.RESOLVED,
        start,
        given.firing() ? null : start,
        given.labels(),
        given.annotations(),
        given.severity().isEmpty() ? null : given.severity(),
        given.summary(),
        given.link().isEmpty() ? null : given.link());
  }

  /** Puts the intents of earlier runs where the guards will count them. */
  private static void history(Stage stage, Runbook runbook, RunbookCase test, Alert alert) {
    Map<String, Object> facts = new LinkedHashMap<>(alert.asModel());
    facts.put(RunModel.INPUTS, runbook.contract().filled(test.alert().inputs()));
    Run earlier =
        Planner.next(
                runbook,
                NewRun.of(
                    "run_earlier", "inc_earlier", runbook, facts, "system:test", VirtualTime.START),
                new RunEvent.Started(VirtualTime.START))
            .run();
    test.history()
        .forEach(
            (id, ages) -> {
              Rung rung = runbook.rung(id).orElseThrow();
              List<String> targets =
                  rung.targets().stream()
                      .map(target -> target.render(RunModel.of(earlier)))
                      .toList();
              for (String change : changes(rung)) {
                ages.forEach(age -> remember(stage, runbook, change, targets, age));
              }
            });
  }

  /** What limits count for the targets of a rung: its change, or those of its steps. */
  private static List<String> changes(Rung rung) {
    return rung.steps().isEmpty()
        ? List.of(rung.id())
        : rung.steps().stream()
            .filter(step -> step.changes() && step.targets().isEmpty())
            .map(step -> step.in(rung))
            .toList();
  }

  private static void remember(
      Stage stage, Runbook runbook, String change, List<String> targets, Duration age) {
    Instant at = VirtualTime.START.minus(age);
    stage.write(
        tx -> {
          stage
              .database()
              .intents()
              .add(
                  tx,
                  new Intent(
                      stage.ids().next("int"),
                      "run_earlier",
                      change,
                      1,
                      runbook.name(),
                      runbook.task(change).orElseThrow().call().action(),
                      targets,
                      "earlier",
                      null,
                      at,
                      "succeeded",
                      at));
          return true;
        });
  }

  private static void play(Stage stage, RunbookCase test, String run, Alert alert) {
    Optional<Instant> resolves =
        Optional.ofNullable(test.resolveAfter()).map(VirtualTime.START::plus);
    Set<String> answered = new java.util.HashSet<>();
    stage.settle();
    for (int moment = 0; moment < MAX_MOMENTS; moment++) {
      vote(stage, test, answered);
      acknowledge(stage, run);
      signal(stage, test, run);
      if (resolves.isPresent() && !stage.time().instant().isBefore(resolves.get())) {
        stage.resolve(stage.run(run), resolved(alert, resolves.get()));
        stage.settle();
        resolves = Optional.empty();
      }
      if (stage.run(run).status().ended() || !stage.advance(resolves)) {
        return;
      }
    }
  }

  private static void acknowledge(Stage stage, String run) {
    Run now = stage.run(run);
    if (Verdicts.called(now)) {
      stage.orders().acknowledge(now.incidentId(), Actor.person("somebody")).join();
      stage.settle();
    }
  }

  /** What is said to succeed gets its signal, after as long as it takes. */
  private static void signal(Stage stage, RunbookCase test, String run) {
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

  private static void vote(Stage stage, RunbookCase test, Set<String> answered) {
    for (Gate gate : stage.openGates()) {
      if (answered.add(gate.id())) {
        for (RunbookCase.Vote vote :
            test.votes().getOrDefault(Address.of(gate.stepId()).top(), List.of())) {
          stage.time().advanceTo(stage.time().instant().plus(BETWEEN_VOTES));
          answer(stage, gate, vote);
          stage.settle();
        }
      }
    }
  }

  private static void answer(Stage stage, Gate gate, RunbookCase.Vote vote) {
    Set<String> teams = Set.copyOf(gate.asked());
    var done =
        vote.approve()
            ? stage.orders().approve(gate.id(), gate.planHash(), vote.by(), teams, "in the test")
            : stage.orders().reject(gate.id(), gate.planHash(), vote.by(), teams, "in the test");
    // a vote that does not count shows in what the gate comes to, which the test looks at
    Object unused = done.handle((counted, refused) -> true).join();
  }

  private static Alert resolved(Alert alert, Instant at) {
    return new Alert(
        alert.source(),
        alert.fingerprint(),
        Alert.Status.RESOLVED,
        alert.startsAt(),
        at,
        alert.labels(),
        alert.annotations(),
        alert.severity(),
        alert.summary(),
        alert.link());
  }
}
