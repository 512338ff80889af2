package dev.firebreak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The launcher, started as a stranger starts it, and what it says. For one thread. */
final class Playing {
  private final Path folder;
  private final Process process;
  private final BufferedReader output;
  private final List<String> said = new ArrayList<>();

  /**
   * Starts it. SIGINT may be ignored where the tests run; then children ignore it too, unless told.
   *
   * @param folder an empty one, where it has its own
   */
  Playing(Path folder, String... options) throws IOException {
    this.folder = folder;
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.addAll(List.of(root().resolve("firebreak").toString(), "demo"));
    words.addAll(Arrays.asList(options));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("FIREBREAK_OPTS", "-Djava.io.tmpdir=" + folder);
    builder.environment().remove("FIREBREAK_DEMO_KEEP");
    process = builder.start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("firebreak")) ? here : here.resolve("..").normalize();
  }

  /** Reads on to a line that has this pattern in it. */
  Matcher awaits(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      Matcher found = wanted.matcher(line);
      if (found.find()) {
        return found;
      }
    }
    throw new AssertionError("it ended and did not say '%s':%n%s".formatted(pattern, all()));
  }

  /** Reads whatever it still says and returns its exit code. */
  int end() throws IOException, InterruptedException {
    output.lines().forEach(said::add);
    return process.waitFor();
  }

  /** What Ctrl-C does. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return end();
  }

  List<String> lines() {
    return said;
  }

  String all() {
    return String.join("\n", said);
  }

  void leftNothing() throws IOException {
    assertThat(leftRunning()).as("processes left by:%n%s", all()).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("firebreak-"));
    }
  }

  private List<String> leftRunning() {
    return ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .peek(one -> one.onExit().completeOnTimeout(one, 2, TimeUnit.SECONDS).join())
        .filter(ProcessHandle::isAlive)
        .map(one -> one.info().commandLine().orElse("?"))
        .toList();
  }

  /** Whatever a test that failed left running. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
