package dev.firebreak.rehearsal;

import dev.firebreak.alert.Alert;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import dev.firebreak.runbook.Trigger;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the tests that stand in a runbook: the real planner, guards and gates on a database in
 * memory, with scripted outcomes and time under the test's control. Not thread-safe.
 */
public final class Rehearsal {
  private static final int MAX_MOMENTS = 10_000;

  private final GuardSettings settings;
  private final Path folder;
  private int cases;

  /**
   * @param settings the operator's limits; the scope is the runbook's own targets
   * @param folder a folder that holds nothing
   */
  public Rehearsal(GuardSettings settings, Path folder) {
    this.settings = settings.managing(List.of("**"));
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
      new EarlierRuns(stage, runbook).add(test, alert);
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

  private static void play(Stage stage, RunbookCase test, String run, Alert alert) {
    Optional<Instant> resolves =
        Optional.ofNullable(test.resolveAfter()).map(VirtualTime.START::plus);
    Responders responders = new Responders(stage, test, run);
    stage.settle();
    for (int moment = 0; moment < MAX_MOMENTS; moment++) {
      responders.act();
      if (resolves.isPresent() && !stage.time().instant().isBefore(resolves.get())) {
        stage.resolve(stage.run(run), resolved(alert, resolves.get()));
        stage.settle();
        resolves = Optional.empty();
      }
      if (stage.run(run).status().ended() || !stage.advance(first(resolves, responders.next()))) {
        return;
      }
    }
  }

  private static Optional<Instant> first(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
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
