package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.fixtures.Bench;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.RunbookLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookCommandsTest {
  private static final String CALLER =
      """
      runbook: a
      owner: team
      diagnose:
        - {id: down, runbook: {name: b}}
      """;

  @TempDir Path folder;

  private List<String> codes(Path what) {
    return RunbookCommands.problems(
            new RunbookLoader(new Bench().catalogue()), List.of(what.toString()))
        .stream()
        .map(Problem::code)
        .toList();
  }

  @Test
  void folder_mustHoldWhatItsRunbooksCall_aSingleFileNeedNot() throws IOException {
    Path caller = Files.writeString(folder.resolve("a.yml"), CALLER);
    assertThat(codes(folder)).containsExactly("unknown-runbook");
    assertThat(codes(caller)).isEmpty();
    Path called = folder.resolve("b.yml");
    Files.writeString(
        called,
        """
        runbook: b
        owner: team
        diagnose:
          - {id: look, tcp: {host: a, port: 1}}
        """);
    assertThat(codes(folder)).isEmpty();
    Files.writeString(called, CALLER.replace("runbook: a", "runbook: b"));
    assertThat(codes(folder)).containsExactly("cycle");
  }
}
