package dev.firebreak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher and the built program, as a stranger starts them. */
@Timeout(180)
class DemoIT {
  private static final int ENDED_BY_SIGINT = 130;

  @TempDir Path tmp;

  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void theProgramIsBuilt() throws IOException {
    Path jar = root().resolve("service/target/firebreak.jar");
    assertThat(jar).exists();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(leftRunning()).as("processes left by:%n%s", String.join("\n", said)).isEmpty();
    try (Stream<Path> files = Files.list(tmp)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("firebreak-"));
    }
  }

  @Test
  void unattended_repairsThreeOutagesAndEndsWell() throws Exception {
    Process demo = demo("--yes", "--once");
    readUntil(demo, "no line says this");
    String output = String.join("\n", said);
    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("Outage 1 of 3", "Outage 2 of 3", "Outage 3 of 3")
        .contains("/gates/gate_", "approved by you")
        .contains("threads-threads.txt", "log-patient.log", "# Postmortem: ")
        .doesNotContain("\u001b[", "Exception");
    assertThat(said.stream().filter(line -> line.contains("patient mitigated"))).hasSize(3);
    assertThat(said.stream().filter(line -> line.contains("4 artifacts attached"))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"▶ restart", "Log in with the token"})
  void interrupted_leavesNothing(String moment) throws Exception {
    Process demo = demo();
    readUntil(demo, moment);
    new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
    readUntil(demo, "no line says this");
    assertThat(demo.waitFor()).as(String.join("\n", said)).isEqualTo(ENDED_BY_SIGINT);
  }

  /** SIGINT may be ignored where the tests run; then children ignore it too, unless told. */
  private Process demo(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.addAll(List.of(root().resolve("firebreak").toString(), "demo"));
    words.addAll(Arrays.asList(options));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("FIREBREAK_OPTS", "-Djava.io.tmpdir=" + tmp);
    builder.environment().remove("FIREBREAK_DEMO_KEEP");
    return builder.start();
  }

  private void readUntil(Process demo, String moment) throws IOException {
    BufferedReader output = demo.inputReader(java.nio.charset.StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null) {
      said.add(line);
      if (line.contains(moment)) {
        return;
      }
      line = output.readLine();
    }
  }

  private List<String> leftRunning() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(tmp.toString()))
        .peek(process -> process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join())
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().commandLine().orElse("?"))
        .toList();
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("firebreak")) ? here : here.resolve("..").normalize();
  }
}
