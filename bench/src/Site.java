import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What is measured: one node or several, on a database of their own that was empty at first. */
final class Site {
  final List<Service> nodes = new ArrayList<>();
  private final Path folder;
  private final Postgres postgres;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * One that is not started yet.
   *
   * @param postgres the server to make a database on, or null
   */
  Site(Options options, Stub stub, Postgres postgres) throws Exception {
    this.postgres = postgres;
    folder = Files.createTempDirectory(options.folder, "bench-");
    String database = "{type: h2}";
    if (options.postgresql) {
      database = section(postgres == null ? options.url : postgres.database());
    }
    for (int i = 0; i < options.nodes; i++) {
      Path data = Files.createDirectory(folder.resolve("node" + i));
      nodes.add(new Service(data, stub.port(), database));
    }
  }

  /** What stands in the configuration for {@code postgresql://user@host:port/name}. */
  private static String section(String url) {
    int at = url.indexOf('@');
    String user = at < 0 ? "firebreak" : url.substring("postgresql://".length(), at);
    String rest = at < 0 ? url.substring("postgresql://".length()) : url.substring(at + 1);
    String password = System.getenv("PGPASSWORD") == null ? "" : ", password: {env: PGPASSWORD}";
    return "{type: postgresql, url: 'jdbc:postgresql://%s', user: '%s'%s}"
        .formatted(rest, user, password);
  }

  /** Starts all; returns the seconds until the first one had accepted a webhook. */
  double start() throws Exception {
    double seconds = nodes.getFirst().start();
    for (Service node : nodes.subList(1, nodes.size())) {
      node.start();
    }
    return seconds;
  }

  /** A connection to a node that lives, each time to the next one. */
  Sender sender() {
    return new Sender(port());
  }

  /** The port of a node that lives, each time of the next one. */
  int port() {
    List<Service> alive = nodes.stream().filter(Service::alive).toList();
    return alive.get(Math.floorMod(turn.getAndIncrement(), alive.size())).port;
  }

  /** Seconds of processor time of all nodes. */
  double cpuSeconds() throws IOException {
    double sum = 0;
    for (Service node : nodes) {
      sum += node.cpuSeconds();
    }
    return sum;
  }

  /** Seconds of processor time of the PostgreSQL that was started here; NaN if there is none. */
  double databaseSeconds() throws IOException {
    return postgres == null ? Double.NaN : postgres.cpuSeconds();
  }

  /** Megabytes of {@code VmRSS} or {@code VmHWM} of each node. */
  String megabytes(String which) throws IOException {
    List<String> each = new ArrayList<>();
    for (Service node : nodes) {
      each.add(Numbers.text("%.0f MB", node.megabytes(which)));
    }
    return String.join(", ", each);
  }

  void stop() throws Exception {
    for (Service node : nodes) {
      node.stop();
    }
  }

  /** Ends what still lives, and removes the files unless they are to be kept. */
  void clear(boolean keep) throws IOException, InterruptedException {
    for (Service node : nodes) {
      node.kill();
    }
    if (!keep) {
      remove(folder);
    }
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
