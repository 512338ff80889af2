package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL as a process of its own, which can be restarted without a goodbye. */
final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final Path data;
  private final Path programs;

  /**
   * Starts one.
   *
   * @param folder where its data goes
   */
  PostgresServer(Path folder) throws IOException {
    data = folder.resolve("postgresql");
    server = EmbeddedPostgres.builder().setDataDirectory(data).start();
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    Path program = Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow());
    programs = program.resolveSibling("pg_ctl");
  }

  int port() {
    return server.getPort();
  }

  /** Its address, for the settings of a node. */
  String url() {
    return url(port());
  }

  /** Its address through something that listens on another port. */
  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /**
   * {@code pg_ctl restart -m immediate}: its processes die at once, and it comes back by crash
   * recovery.
   */
  void restartAtOnce() throws IOException, InterruptedException {
    List<String> order = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root: so does a new user namespace in which nobody is.
      order.addAll(List.of("unshare", "-U"));
    }
    order.addAll(
        List.of(programs.toString(), "restart", "-D", data.toString(), "-m", "immediate", "-w"));
    order.addAll(List.of("-t", "30", "-l", data.resolveSibling("postgresql.log").toString()));
    Process restart =
        new ProcessBuilder(order)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(restart.waitFor(40, TimeUnit.SECONDS)).as("restarted in time").isTrue();
    assertThat(restart.exitValue()).as("%s", order).isZero();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
