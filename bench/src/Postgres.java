import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of this machine as a process of its own, with everything that is durable on. */
final class Postgres {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private final Path folder;
  private final Path programs;
  private final int port;
  private Process server;
  private int databases;

  /** Prepares one whose data lies in the folder. */
  Postgres(Path folder) throws Exception {
    this.folder = folder;
    programs = installed().resolve("bin");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    done(run("initdb", "-D", data(), "-U", "firebreak", "-A", "trust", "-E", "UTF8"), "initdb");
  }

  private static Path installed() throws IOException {
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        Path newest = versions.max(Comparator.comparingInt(Postgres::version)).orElse(INSTALLED);
        if (Files.isExecutable(newest.resolve("bin/initdb"))) {
          return newest;
        }
      }
    }
    throw new IllegalStateException(
        "no PostgreSQL in " + INSTALLED + ": install it, or name a database with --url");
  }

  private static int version(Path folder) {
    return Integer.parseInt("0" + folder.getFileName().toString().replaceAll("\\D.*", ""));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> order = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root: so does a new user namespace in which nobody is.
      order.addAll(List.of("unshare", "-U"));
    }
    order.add(programs.resolve(program).toString());
    order.addAll(List.of(arguments));
    File log = folder.resolve("postgresql.out").toFile();
    return new ProcessBuilder(order)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private void done(Process process, String what) throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(what + " failed; see " + folder.resolve("postgresql.out"));
    }
  }

  /** Starts it; with the statements counted, if that is wanted. */
  void start(boolean statements) throws Exception {
    server =
        run(
            "postgres",
            "-D",
            data(),
            "-p",
            String.valueOf(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "shared_preload_libraries=" + (statements ? "pg_stat_statements" : ""));
    for (int i = 0; !answers(); i++) {
      if (i > 300 || !server.isAlive()) {
        throw new IllegalStateException(
            "PostgreSQL does not start; see " + folder.resolve("postgresql.out"));
      }
      Thread.sleep(100);
    }
    if (statements) {
      done(psql("CREATE EXTENSION pg_stat_statements"), "pg_stat_statements");
    }
  }

  private boolean answers() throws Exception {
    return psql("SELECT 1").waitFor() == 0;
  }

  /** Asks it something; the answer goes to its output. */
  Process psql(String statement) throws IOException {
    return run(
        "psql",
        "-h",
        "127.0.0.1",
        "-p",
        String.valueOf(port),
        "-U",
        "firebreak",
        "-d",
        "postgres",
        "-c",
        statement);
  }

  /** The address of a new and empty database. */
  String database() throws Exception {
    String name = "bench" + ++databases;
    done(psql("CREATE DATABASE " + name), "CREATE DATABASE");
    return "postgresql://firebreak@127.0.0.1:" + port + "/" + name;
  }

  /** Seconds of processor time so far of all its processes, also of those that have ended. */
  double cpuSeconds() throws IOException {
    double sum = Proc.cpuSeconds(server.pid()) + Proc.cpuSecondsOfEnded(server.pid());
    for (ProcessHandle child : server.children().toList()) {
      sum += Proc.cpuSeconds(child.pid());
    }
    return sum;
  }

  /** What its statements cost since {@link #forget}, dearest first, per so many workflows. */
  String statements(long workflows) throws Exception {
    Path out = folder.resolve("statements.txt");
    String text =
        """
        SELECT round(calls / %1$d.0, 2) AS calls, round(rows / %1$d.0, 2) AS rows,
          round((total_exec_time / %1$d)::numeric, 4) AS ms, regexp_replace(query, '\\s+', ' ', 'g')
        FROM pg_stat_statements ORDER BY calls DESC LIMIT 80\
        """;
    done(
        psql("\\copy (" + text.formatted(workflows).replace("\n", " ") + ") TO '" + out + "'"), "");
    return Files.readString(out);
  }

  /** Counts statements anew. */
  void forget() throws Exception {
    done(psql("SELECT pg_stat_statements_reset()"), "pg_stat_statements_reset");
  }

  void kill() {
    if (server != null) {
      server.children().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
  }
}
