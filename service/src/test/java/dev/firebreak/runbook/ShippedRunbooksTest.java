package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every runbook that is shipped loads with the real actions, without even a warning. */
class ShippedRunbooksTest {
  private static final Path FOLDER = Path.of("../runbooks");

  /** The real actions, and stand-ins for those that live in rooms of their own. */
  static final class RealActions implements ActionVocabulary {
    private final ActionVocabulary real = new Bench().catalogue();
    private final ActionVocabulary fake = new FakeActions();

    @Override
    public Set<String> types() {
      Set<String> types = new TreeSet<>(real.types());
      types.addAll(Set.of("ticket", "notify"));
      return types;
    }

    private ActionVocabulary of(String type) {
      return real.types().contains(type) ? real : fake;
    }

    @Override
    public Map<String, Object> schema(String type) {
      return of(type).schema(type);
    }

    @Override
    public boolean changes(String type, Map<String, Object> params) {
      return of(type).changes(type, params);
    }
  }

  private static final RunbookLoader LOADER =
      new RunbookLoader(
          new RealActions(),
          new Surroundings(
              Set.of("oncall", "demo-oncall"),
              Set.of(
                  "demo-oncall",
                  "demo-backup",
                  "demo-manager",
                  "team-cache",
                  "team-platform",
                  "team-shop",
                  "release-managers"),
              Map.of(),
              new Templates(Path.of("../templates"))::names));

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  private static Runbook load(Path file) throws IOException {
    Loaded loaded = LOADER.load(file.getFileName().toString(), Files.readString(file));
    assertThat(loaded.problems()).extracting(Problem::asLine).isEmpty();
    return java.util.Objects.requireNonNull(loaded.runbook());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void runbook_loadsWithoutAWarning(Path file) throws IOException {
    Runbook runbook = load(file);
    assertThat(file.getFileName()).hasToString(runbook.name() + ".yml");
    assertThat(runbook.tests()).hasSizeGreaterThan(5);
    assertThat(runbook.diagnose()).hasSizeGreaterThan(3);
    assertThat(runbook.conclude()).isNotEmpty();
    assertThat(runbook.escalate()).isNotNull();
  }

  /** What a test gives is enough to fill in every text, and the trigger says what it expects. */
  @ParameterizedTest
  @MethodSource("shipped")
  void tests_giveWhatTheRunbookNeeds(Path file) throws IOException {
    Runbook runbook = load(file);
    for (RunbookCase test : runbook.tests()) {
      Map<String, Object> model = new HashMap<>(Map.of("alert", alert(test.alert())));
      assertThat(runbook.on().alert().test(model))
          .as(test.name())
          .isEqualTo(!test.expect().notStarted());
      if (!test.expect().notStarted()) {
        assertThat(runbook.on().incident().render(model)).isNotBlank();
        Map<String, String> vars = new HashMap<>();
        model.put("vars", vars);
        runbook.vars().forEach((name, var) -> vars.put(name, var.render(model)));
        model.put("steps", steps(test));
        for (Step step : runbook.diagnose()) {
          if (step.when() == null || step.when().test(model)) {
            assertThat(step.call().resolve(model)).as(test.name() + ": " + step.id()).isNotEmpty();
          }
        }
        for (Rung rung : runbook.remediate()) {
          if (rung.when() == null || rung.when().test(model)) {
            assertThat(rung.change().resolve(model)).isNotEmpty();
            rung.targets().forEach(target -> assertThat(target.render(model)).isNotBlank());
            assertThat(java.util.Objects.requireNonNull(rung.verify()).call().resolve(model))
                .isNotEmpty();
          }
        }
      }
    }
  }

  private static Map<String, Object> alert(RunbookCase.Given given) {
    return Map.of(
        "status", given.firing() ? "firing" : "resolved",
        "labels", given.labels(),
        "annotations", given.annotations(),
        "summary", given.summary());
  }

  private static Map<String, Object> steps(RunbookCase test) {
    Map<String, Object> steps = new HashMap<>();
    for (String id :
        List.of(
            "ping", "health", "pid", "free", "inodes", "now", "before", "traffic", "age",
            "others")) {
      List<RunbookCase.Stub> stubs = test.stubs().get(id);
      boolean ok = stubs == null || stubs.getLast().how() == RunbookCase.Stub.How.OK;
      steps.put(
          id,
          Map.of(
              "ok", ok,
              "failed", !ok,
              "output", stubs == null ? Map.of() : stubs.getLast().output()));
    }
    return steps;
  }
}
