import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The result, as Markdown. */
final class Table {
  private final StringBuilder text = new StringBuilder();

  /** Says where and what was measured. */
  void head(Options options) throws Exception {
    text.append(
        Numbers.text(
            "%s, commit %s, %d processors (%s), %s, JDK %s, %s, %.0f s per part, data in %s (%s),"
                + " load before: %s\n\n| | measured |\n|---|---|\n",
            Instant.now().truncatedTo(ChronoUnit.MINUTES),
            commit(),
            Runtime.getRuntime().availableProcessors(),
            find("/proc/cpuinfo", "model name"),
            find("/proc/meminfo", "MemTotal"),
            Runtime.version(),
            options.nodes == 1
                ? (options.postgresql ? "PostgreSQL" : "H2")
                : "PostgreSQL, " + options.nodes + " nodes",
            options.seconds,
            options.folder,
            Files.getFileStore(options.folder).type(),
            Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
  }

  void row(String what, String format, Object... values) {
    String value = values.length == 0 ? format : Numbers.text(format, values);
    text.append("| ").append(what).append(" | ").append(value).append(" |\n");
    System.err.println("bench: " + what + ": " + value);
  }

  void print() {
    System.out.print(text);
  }

  private static String find(String file, String key) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String commit() throws IOException {
    Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "unknown" : said;
  }
}
