package dev.firebreak.ticket.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Redmine, started by {@code .ci/redmine} and stopped on close. Where it cannot be had, the
 * test is skipped with the reason; with {@code CI=true} it fails instead.
 */
public final class RealRedmine implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("READY url=(\\S+) key=(\\S+) project=(\\S+) pid=(\\d+)");
  private static final long PATIENCE_MINUTES = 6;

  private final String url;
  private final String key;
  private final String project;
  private final long pid;

  private RealRedmine(Matcher ready) {
    url = Objects.requireNonNull(ready.group(1));
    key = Objects.requireNonNull(ready.group(2));
    project = Objects.requireNonNull(ready.group(3));
    pid = Long.parseLong(Objects.requireNonNull(ready.group(4)));
  }

  /** Starts one on a free port. */
  public static RealRedmine start() throws IOException, InterruptedException {
    boolean there =
        Files.isDirectory(Path.of("/usr/share/redmine/app"))
            && Files.isExecutable(Path.of("/usr/bin/puma"))
            && "root".equals(System.getProperty("user.name"));
    String why =
        "no real Redmine here: run `.ci/redmine --install` as root on Debian 12 (packages redmine,"
            + " redmine-sqlite, puma), and the tests as root";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(why).isTrue();
    }
    Assumptions.assumeTrue(there, why);
    Process process =
        new ProcessBuilder(script().toString(), Integer.toString(freePort()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      Matcher ready = READY.matcher(Objects.requireNonNullElse(out.readLine(), "nothing"));
      assertThat(ready.find()).as("`.ci/redmine` says READY").isTrue();
      return new RealRedmine(ready);
    }
  }

  private static Path script() {
    Path here = Path.of("").toAbsolutePath();
    Path script = here.resolve(".ci/redmine");
    return Files.exists(script) ? script : here.resolveSibling(".ci/redmine");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where it is. */
  public String url() {
    return url;
  }

  /** The API key of a user who may work on issues. */
  public String key() {
    return key;
  }

  /** The project's identifier. */
  public String project() {
    return project;
  }

  @Override
  public void close() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }
}
