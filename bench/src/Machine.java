import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where something was measured. */
final class Machine {
  private Machine() {}

  /** Time, commit, processors and how busy they were before. */
  static String line() throws IOException {
    return Numbers.text(
        "%s, commit %s, %d processors, JDK %s, load before: %s",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        commit(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load());
  }

  /** How many processes wanted a processor during the last minute. */
  static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }

  private static String commit() throws IOException {
    Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "unknown" : said;
  }
}
