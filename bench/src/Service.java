import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One node: a process of its own, started by its launcher. */
final class Service {
  static final String TOKEN = "bench-token-of-this-machine-only";

  final int port;
  private final Path data;
  private final int stubPort;
  private final String database;
  private final String config;
  private Process process;
  private String options = System.getenv().getOrDefault("FIREBREAK_OPTS", "");

  /** One with its files in a folder; the database is section {@code database}, on one line. */
  Service(Path data, int stubPort, String database) throws IOException {
    this(data, stubPort, database, "bench/config.yml");
  }

  Service(Path data, int stubPort, String database, String config) throws IOException {
    this.config = config;
    this.data = data;
    this.stubPort = stubPort;
    this.database = database;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** Has the next process write what it learnt when it ends. */
  void learn(Path cache) {
    options = "-XX:AOTCacheOutput=" + cache + " " + options;
  }

  private Process launch(File log, String... arguments) throws IOException {
    List<String> order = new ArrayList<>(List.of("./firebreak"));
    order.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(order);
    Map<String, String> environment = builder.environment();
    environment.put("BENCH_DATA", data.toString());
    environment.put("BENCH_DATABASE", database);
    environment.put("BENCH_PORT", String.valueOf(port));
    environment.put("BENCH_STUB_PORT", String.valueOf(stubPort));
    environment.put("BENCH_TOKEN", TOKEN);
    environment.put("BENCH_REDMINE_KEY", "bench-key");
    environment.put("FIREBREAK_OPTS", options);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  /** Has a token made with which the API may be read; needs that nobody has an H2 file open. */
  String token(String role) throws Exception {
    File out = data.resolve("token.out").toFile();
    launch(out, "token", "create", "--name", "bench", "--roles", role, "--config", config)
        .waitFor(180, TimeUnit.SECONDS);
    return Files.readAllLines(out.toPath()).stream()
        .filter(line -> line.startsWith("fbt_"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no token was made; see " + out));
  }

  /** Starts it; returns the seconds until it had accepted a first webhook. */
  double start() throws Exception {
    File log = data.resolve("service.out").toFile();
    long begun = System.nanoTime();
    process = launch(log, "server", config);
    String probe = Webhook.of("BenchProbe", "probe", "nowhere", 1, 0);
    while (!accepts(probe)) {
      if (!process.isAlive() || System.nanoTime() - begun > 300e9) {
        throw new IllegalStateException("the service does not start; its output is in " + log);
      }
      Thread.sleep(20);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private boolean accepts(String probe) {
    try (Sender sender = new Sender(port)) {
      return sender.post(probe) == 202;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends this one process and waits for it. */
  void stop() throws Exception {
    if (process != null && process.isAlive()) {
      process.destroy();
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  /** What it has said so far. */
  String said() throws IOException {
    return Files.readString(data.resolve("service.out"));
  }

  double cpuSeconds() throws IOException {
    return process == null ? 0 : Proc.cpuSeconds(process.pid());
  }

  double megabytes(String which) throws IOException {
    return Proc.megabytes(process.pid(), which);
  }
}
