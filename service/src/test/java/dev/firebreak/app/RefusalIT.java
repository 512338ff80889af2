package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.faults.Program;
import dev.firebreak.faults.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees whose database cannot be used: one line, soon, and an exit code. */
class RefusalIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  private Path configure() throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    return Files.writeString(
        folder.resolve("config.yml"),
        """
        data: FOLDER/data
        runbooks: {path: FOLDER/runbooks}
        templates: TEMPLATES
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
        """
            .replace("TEMPLATES", ServiceProcess.home().resolve("templates").toString())
            .replace("FOLDER", folder.toString()));
  }

  @Test
  void damagedDatabase_isRefusedByTheServerInOneLineWithinFiveSeconds() throws Exception {
    Path config = configure();
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/firebreak.mv.db"), "no database\n".repeat(1_000));
    expect(config, "is damaged or no Firebreak database; restore the last backup");
  }

  @Test
  void missingDatabase_isRefusedByTheServerInOneLineWithinFiveSeconds() throws Exception {
    Path config = configure();
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/firebreak.expected"), "was here\n");
    expect(config, "is missing, though it was here before");
  }

  /** Three times at most: the machine that builds may be busy. */
  private void expect(Path config, String why) throws Exception {
    long nanos = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 3 && nanos > SOON.toNanos(); attempt++) {
      long began = System.nanoTime();
      assertThat(refused(config))
          .hasLineCount(1)
          .startsWith("firebreak: database " + folder.resolve("data/firebreak.mv.db") + ": ")
          .contains(why);
      nanos = System.nanoTime() - began;
    }
    assertThat(Duration.ofNanos(nanos)).isLessThan(SOON);
  }

  /** What it says on its standard error. */
  private static String refused(Path config) throws IOException, InterruptedException {
    List<String> order = new ArrayList<>(Program.order(Main.class, List.of()));
    order.addAll(List.of(Main.class.getName(), "server", config.toString()));
    Process process =
        new ProcessBuilder(order).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream err = process.getErrorStream()) {
      String said = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(1);
      return said.strip();
    }
  }
}
