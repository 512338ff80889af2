package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firebreak.action.Outcome;
import dev.firebreak.fixtures.Bench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code redis-down.yml} finds out of a real Redis: one that hangs, one that refuses. */
class RedisDownRunbookIT {
  private static final Path SERVER = Path.of("/usr/bin/redis-server");

  @TempDir Path folder;
  private final Bench bench =
      new Bench().settings("command", Map.of("allow", List.of("ps", "redis-cli")));
  private final List<Process> servers = new ArrayList<>();
  private final Map<String, Object> model;
  private final Runbook runbook;
  private final int port;

  RedisDownRunbookIT() throws IOException {
    String text = Files.readString(Path.of("../runbooks/redis-down.yml"));
    runbook =
        Objects.requireNonNull(
            new RunbookLoader(new ShippedRunbooksTest.RealActions())
                .load("redis-down.yml", text)
                .runbook());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Map<String, String> where = Map.of("host", "127.0.0.1", "port", String.valueOf(port));
    model = Map.of("vars", where, "alert", Map.of("labels", where));
  }

  @BeforeEach
  void needsRedis() {
    assumeTrue(Files.isExecutable(SERVER), "redis-server is not installed");
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process server : servers) {
      server.destroyForcibly();
      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void start(String... options) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(SERVER.toString(), "--port", "" + port, "--save", "", "--bind", "127.0.0.1"));
    line.addAll(List.of(options));
    Process server =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    servers.add(server);
    for (int i = 0; i < 100; i++) {
      if (Files.readString(folder.resolve("redis.log")).contains("Ready to accept")) {
        return;
      }
      assertThat(server.waitFor(100, TimeUnit.MILLISECONDS)).as("ended early").isFalse();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(servers.getFirst().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private Outcome run(String id) {
    Step step =
        runbook.diagnose().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    return bench.read(step.call().action(), step.call().resolve(model));
  }

  private boolean wouldRestart(Outcome ping) {
    boolean ok = ping instanceof Outcome.Succeeded;
    Map<String, Object> fact = Map.of("ok", ok, "failed", !ok, "output", ping.output());
    return Objects.requireNonNull(runbook.remediate().getFirst().when())
        .test(Map.of("steps", Map.of("ping", fact)));
  }

  private boolean proven() {
    Verify verify = Objects.requireNonNull(runbook.remediate().getFirst().verify());
    return bench.read(verify.call().action(), verify.call().resolve(model))
        instanceof Outcome.Succeeded;
  }

  @Test
  void redisThatHangs_acceptsButDoesNotAnswer_andIsRestarted() throws Exception {
    start();
    assertThat(proven()).isTrue();
    assertThat(run("info")).isInstanceOf(Outcome.Succeeded.class);
    signal("STOP");
    assertThat(run("connect")).as("the kernel accepts").isInstanceOf(Outcome.Succeeded.class);
    Outcome ping = run("ping");
    assertThat(ping).isInstanceOf(Outcome.Failed.class);
    assertThat(wouldRestart(ping)).isTrue();
    assertThat(proven()).isFalse();
    assertThat(String.valueOf(run("process").output().get("stdout")))
        .containsPattern(servers.getFirst().pid() + " +\\d+ +T");
    signal("CONT");
    assertThat(proven()).isTrue();
  }

  @Test
  void redisThatWantsAPassword_lives_andIsLeftAlone() throws Exception {
    start("--requirepass", "x");
    Outcome ping = run("ping");
    assertThat(ping).isInstanceOf(Outcome.Failed.class);
    assertThat(wouldRestart(ping)).isFalse();
  }

  @Test
  void redisThatIsGone_isRestarted() {
    assertThat(run("connect")).isInstanceOf(Outcome.Failed.class);
    assertThat(wouldRestart(run("ping"))).isTrue();
  }
}
