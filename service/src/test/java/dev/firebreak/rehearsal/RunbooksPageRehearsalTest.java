package dev.firebreak.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.fixtures.DocExamples;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookLoader;
import dev.firebreak.runbook.RunbookVocabularies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runbooks on the page for authors do what their own tests say. */
class RunbooksPageRehearsalTest {
  private static final GuardSettings.Window MANY =
      new GuardSettings.Window(1000, Duration.ofHours(1));

  @TempDir Path empty;

  static Stream<String> whole() {
    return DocExamples.of("runbooks.md", "yaml").stream()
        .filter(example -> example.startsWith("runbook:") && example.contains("\ntests:"));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void runbookOnThePage_passesItsTests(String text) {
    Loaded loaded = new RunbookLoader(RunbookVocabularies.real()).load("docs/runbooks.md", text);
    assertThat(loaded.problems()).isEmpty();
    Runbook runbook = Objects.requireNonNull(loaded.runbook());
    List<Rehearsal.Result> results =
        new Rehearsal(new GuardSettings(List.of(), MANY, MANY), empty).test(runbook);
    assertThat(results).isNotEmpty();
    for (Rehearsal.Result result : results) {
      assertThat(result.faults()).as(runbook.name() + ": " + result.test().name()).isEmpty();
    }
  }
}
