package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.faults.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Redis, its exporter, a real Prometheus and a real Alertmanager on loopback, all in a
 * hurry. Closing it ends all of them. Where a program is missing the test is skipped with the
 * reason; with {@code CI=true} it fails instead.
 */
final class Landscape implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("prometheus", "prometheus-alertmanager", "prometheus-redis-exporter", "redis-server");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  final int redis = ServiceProcess.freePort();
  final int prometheus = ServiceProcess.freePort();
  private final int exporter = ServiceProcess.freePort();
  private final int alertmanager = ServiceProcess.freePort();

  Landscape(Path folder) throws IOException {
    this.folder = folder;
  }

  static void needPrograms() {
    for (String program : PROGRAMS) {
      boolean there = Files.isExecutable(Path.of("/usr/bin", program));
      String why = "no " + program + " here: on Debian, apt-get install " + program;
      if ("true".equals(System.getenv("CI"))) {
        assertThat(there).as(why).isTrue();
      }
      Assumptions.assumeTrue(there, why);
    }
  }

  /** Starts everything but Firebreak, which the Alertmanager is told about. */
  void start(int firebreak) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("alertmanager.yml"), filled(ALERTMANAGER, firebreak));
    Files.writeString(folder.resolve("prometheus.yml"), filled(PROMETHEUS, firebreak));
    Files.writeString(folder.resolve("rules.yml"), filled(RULES, firebreak));
    assertThat(new ProcessBuilder(beginRedis().toString()).inheritIO().start().waitFor()).isZero();
    launch(
        "prometheus-redis-exporter",
        "-redis.addr=redis://127.0.0.1:" + redis,
        "-web.listen-address=127.0.0.1:" + exporter,
        "-connection-timeout=300ms");
    launch(
        "prometheus-alertmanager",
        "--config.file=" + folder.resolve("alertmanager.yml"),
        "--storage.path=" + folder.resolve("alertmanager"),
        "--web.listen-address=127.0.0.1:" + alertmanager,
        "--cluster.listen-address=");
    launch(
        "prometheus",
        "--config.file=" + folder.resolve("prometheus.yml"),
        "--storage.tsdb.path=" + folder.resolve("prometheus"),
        "--web.listen-address=127.0.0.1:" + prometheus);
  }

  private void launch(String program, String... options) throws IOException {
    List<String> order = new ArrayList<>(List.of("/usr/bin/" + program));
    order.addAll(List.of(options));
    processes.add(
        new ProcessBuilder(order)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(program + ".log").toFile())
            .start());
  }

  private String filled(String text, int firebreak) {
    return text.replace("FOLDER", folder.toString())
        .replace("REDIS", "" + redis)
        .replace("EXPORTER", "" + exporter)
        .replace("ALERTMANAGER", "" + alertmanager)
        .replace("FIREBREAK", "" + firebreak);
  }

  /** A program that begins a Redis which outlives it. */
  private Path beginRedis() throws IOException {
    return program(
        "redis-begin",
        """
        #!/bin/sh
        exec /usr/bin/redis-server --port REDIS --bind 127.0.0.1 --daemonize yes --save '' \\
          --pidfile FOLDER/redis.pid --dir FOLDER --logfile FOLDER/redis.log
        """);
  }

  /** What the runbook calls: writes down that it was called, ends the old Redis, begins another. */
  Path restartRedis() throws IOException {
    return program(
        "redis-restart",
        """
        #!/bin/sh
        echo "$1 $2" >> FOLDER/restarts.log
        kill -9 "$(cat FOLDER/redis.pid)"
        sleep 0.2
        FOLDER/redis-begin && echo "redis of port $2 was restarted"
        """);
  }

  private Path program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), filled(text, 0));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Redis stops answering, while the kernel still accepts connections for it. */
  void hangRedis() throws IOException, InterruptedException {
    String pid = Long.toString(redisPid());
    assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
  }

  long redisPid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("redis.pid")).strip());
  }

  /** Each call of the restart program. */
  List<String> restarts() throws IOException {
    Path log = folder.resolve("restarts.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** The last lines that each program printed. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        List<String> lines = Files.readAllLines(log);
        all.append("\n== ").append(log.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 40), lines.size())
            .forEach(line -> all.append(line).append('\n'));
      }
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (Files.exists(folder.resolve("redis.pid"))) {
      ProcessHandle.of(redisPid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    for (Process process : processes.reversed()) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static final String ALERTMANAGER =
      """
      route: {receiver: firebreak, group_by: [alertname, host, port], group_wait: 1s, group_interval: 1s, repeat_interval: 1m}
      receivers:
        - name: firebreak
          webhook_configs:
            - url: http://127.0.0.1:FIREBREAK/webhooks/prometheus
              send_resolved: true
              http_config: {follow_redirects: false, authorization: {credentials: alertmanager-token}}
      """;

  private static final String PROMETHEUS =
      """
      global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
      rule_files: [FOLDER/rules.yml]
      alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:ALERTMANAGER"]}]}]}
      scrape_configs: [{job_name: redis, static_configs: [{targets: ["127.0.0.1:EXPORTER"]}]}]
      """;

  private static final String RULES =
      """
      groups:
        - name: redis
          rules:
            - alert: RedisDown
              expr: redis_up == 0
              for: 1s
              labels: {severity: page, host: 127.0.0.1, port: "REDIS"}
              annotations: {summary: "Redis on port REDIS does not answer"}
      """;
}
