import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, started by its launcher. */
final class Service {
  static final String TOKEN = "bench-token-of-this-machine-only";
  private static final double TICKS_PER_SECOND = 100; // USER_HZ of Linux, whatever the kernel's own

  final int port;
  private final Path data;
  private final int stubPort;
  private Process process;
  private String options = System.getenv().getOrDefault("FIREBREAK_OPTS", "");

  Service(Path data, int stubPort) throws IOException {
    this.data = data;
    this.stubPort = stubPort;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** Has the next process write what it learnt when it ends. */
  void learn(Path cache) {
    options = "-XX:AOTCacheOutput=" + cache + " " + options;
  }

  /** Starts it; returns the seconds until it had accepted a first webhook. */
  double start() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("./firebreak", "server", "bench/config.yml");
    builder
        .environment()
        .putAll(
            Map.of(
                "BENCH_DATA",
                data.toString(),
                "BENCH_PORT",
                String.valueOf(port),
                "BENCH_STUB_PORT",
                String.valueOf(stubPort),
                "BENCH_TOKEN",
                TOKEN,
                "FIREBREAK_OPTS",
                options,
                "BENCH_REDMINE_KEY",
                "bench-key"));
    File log = data.resolve("service.out").toFile();
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    long begun = System.nanoTime();
    process = builder.start();
    String probe = Webhook.of("BenchProbe", "probe", "nowhere", 1, 0);
    while (!accepts(probe)) {
      if (!process.isAlive() || System.nanoTime() - begun > 60e9) {
        throw new IllegalStateException("the service does not start; its output is in " + log);
      }
      Thread.sleep(20);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private boolean accepts(String probe) {
    try (Sender sender = new Sender(port, TOKEN)) {
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
        process.destroyForcibly().waitFor();
      }
    }
  }

  void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Seconds of processor time so far, user and system. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Megabytes of {@code VmRSS} or {@code VmHWM}. */
  double megabytes(String which) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
    return status.stream()
        .filter(line -> line.startsWith(which))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
