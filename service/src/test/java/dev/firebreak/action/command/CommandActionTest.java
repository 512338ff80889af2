package dev.firebreak.action.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Outcome;
import dev.firebreak.fixtures.Bench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandActionTest {
  private final Bench bench =
      new Bench()
          .settings(
              "command",
              Map.of(
                  "allow",
                  List.of("sh", "env", "cat", "printf", "pwd", "no-such-program", "/bin/echo"),
                  "maxOutput",
                  "100KiB",
                  "grace",
                  "300ms"));

  @TempDir Path folder;

  private static Map<String, Object> run(Object... arguments) {
    return Map.of("run", Arrays.asList(arguments));
  }

  private static Map<String, Object> with(Map<String, Object> params, String name, Object value) {
    Map<String, Object> more = new HashMap<>(params);
    more.put(name, value);
    return more;
  }

  private Outcome within(Duration timeout, boolean changing, Map<String, Object> params) {
    return bench
        .action("command")
        .run(Bench.invocation(params, changing, timeout, new Cancellation()));
  }

  @Test
  void argumentsThatLookLikeShell_arriveAsTheyAre() {
    String nasty = "a; reboot $(id) `id` & | > \n 'x' \"y\" *";
    Outcome outcome = bench.read("command", run("printf", "%s|", nasty, 7));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(outcome.output()).containsEntry("stdout", nasty + "|7|").containsEntry("exit", 0L);
  }

  @Test
  void environment_isCleanButForWhatWasGiven() {
    bench.secret("db", "hunter2");
    Outcome outcome =
        bench.read(
            "command",
            with(run("env"), "env", Map.of("MODE", "safe", "DB", Map.of("secret", "db"))));
    List<String> names =
        String.valueOf(outcome.output().get("stdout"))
            .lines()
            .map(line -> line.substring(0, line.indexOf('=')))
            .sorted()
            .toList();
    assertThat(names)
        .containsExactly(
            "DB", "FIREBREAK_CAUSE", "FIREBREAK_IDEMPOTENCY_KEY", "HOME", "LANG", "MODE", "PATH");
    assertThat(String.valueOf(outcome.output().get("stdout")))
        .contains("DB=***")
        .contains("MODE=safe", "FIREBREAK_IDEMPOTENCY_KEY=run_1/step");
    assertThat(new String(outcome.evidence().getFirst().content(), StandardCharsets.UTF_8))
        .doesNotContain("hunter2");
  }

  @Test
  void workingFolder_isEmptyAndOurs_andGoneAfterwards() {
    Outcome outcome = bench.read("command", run("sh", "-c", "pwd; touch x; ls"));
    List<String> lines = String.valueOf(outcome.output().get("stdout")).lines().toList();
    assertThat(lines).hasSize(2).endsWith("x");
    assertThat(Path.of(lines.getFirst())).doesNotExist();
    assertThat(bench.read("command", with(run("pwd"), "cwd", folder.toString())).output())
        .containsEntry("stdout", folder + "\n");
    assertThat(folder).exists();
  }

  @Test
  void stdin_isGiven_orEmpty() {
    assertThat(bench.read("command", with(run("cat"), "stdin", "hello")).output())
        .containsEntry("stdout", "hello");
    assertThat(bench.read("command", run("cat")).output()).containsEntry("stdout", "");
  }

  @Test
  void exitCode_isComparedWithWhatIsExpected() {
    bench.masker().add("hunter2");
    Map<String, Object> params = run("sh", "-c", "echo one >&2; echo bad hunter2 >&2; exit 3");
    Outcome.Failed failed = (Outcome.Failed) bench.change("command", params);
    assertThat(failed.reason().code()).isEqualTo("exit-3");
    assertThat(failed.reason().text()).isEqualTo("sh ended with exit code 3, expected 0: bad ***");
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.output()).containsEntry("exit", 3L);
    assertThat(bench.read("command", with(params, "expect", Map.of("exit", List.of(0, 3)))))
        .isInstanceOf(Outcome.Succeeded.class);
    Outcome.Failed silent =
        (Outcome.Failed)
            bench.read(
                "command", with(run("printf", "down"), "expect", Map.of("stdout_contains", "up")));
    assertThat(silent.reason().code()).isEqualTo("unexpected-output");
  }

  @Test
  void jsonOnStdout_isRead() {
    assertThat(bench.read("command", run("printf", "{\"a\": [1]}")).output())
        .containsEntry("json", Map.of("a", List.of(1L)));
    assertThat(bench.read("command", run("printf", "{broken")).output()).doesNotContainKey("json");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void programThatDoesNotEnd_isKilledWithAllItStarted(boolean changing) throws Exception {
    Path pids = folder.resolve("pids");
    String script =
        "trap '' TERM; (trap '' TERM; sleep 300 & echo $! >> "
            + pids
            + "; wait; sleep 300) & echo $! >> "
            + pids
            + "; setsid sleep 300 & echo $! >> "
            + pids
            + "; echo begun; while :; do sleep 300; done";
    Outcome outcome = within(Duration.ofSeconds(2), changing, run("sh", "-c", script));
    assertThat(outcome).isInstanceOf(changing ? Outcome.Unknown.class : Outcome.Failed.class);
    assertThat(outcome.output()).containsEntry("stdout", "begun\n").doesNotContainKey("exit");
    List<String> started = Files.readAllLines(pids);
    assertThat(started).hasSize(3);
    for (String pid : started) {
      assertThat(dies(Long.parseLong(pid))).as("process %s is gone", pid).isTrue();
    }
  }

  /** Whether a process ends within five seconds; a zombie has ended. */
  private static boolean dies(long pid) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (lives(pid)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private static boolean lives(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void childThatKeepsThePipe_doesNotHoldUs_andLives() throws Exception {
    long start = System.nanoTime();
    Outcome outcome =
        within(Duration.ofSeconds(30), true, run("sh", "-c", "sleep 60 & echo $!; exit 0"));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    long pid = Long.parseLong(String.valueOf(outcome.output().get("stdout")).strip());
    assertThat(lives(pid)).isTrue();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  void floodOfOutput_isCutWithAMark() {
    Outcome outcome =
        bench.read(
            "command",
            run("sh", "-c", "i=0; while [ $i -lt 300 ]; do printf '%01024d' 7; i=$((i+1)); done"));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    String kept = new String(outcome.evidence().getFirst().content(), StandardCharsets.UTF_8);
    assertThat(kept.substring(100 * 1024)).isEqualTo("\n… 204800 bytes dropped\n");
    assertThat(outcome.evidence().getFirst().truncated()).isTrue();
    assertThat(outcome.output()).containsEntry("truncated", true);
    assertThat(String.valueOf(outcome.output().get("stdout")).length()).isLessThan(70_000);
  }

  @Test
  void cancelled_isKilledSoon() throws Exception {
    Cancellation cancellation = new Cancellation();
    CountDownLatch done = new CountDownLatch(1);
    Path pid = folder.resolve("pid");
    Thread.ofVirtual()
        .start(
            () -> {
              Outcome outcome =
                  bench
                      .action("command")
                      .run(
                          Bench.invocation(
                              run("sh", "-c", "echo $$ > " + pid + "; sleep 300"),
                              true,
                              Duration.ofMinutes(5),
                              cancellation));
              if (outcome instanceof Outcome.Unknown unknown
                  && unknown.reason().code().equals("cancelled")) {
                done.countDown();
              }
            });
    for (int i = 0; i < 500 && !Files.exists(pid); i++) {
      new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
    }
    cancellation.cancel();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void programNotAllowed_isRefusedWithTheLineToAdd() {
    assertThatThrownBy(() -> bench.read("command", run("reboot")))
        .isInstanceOf(BadParameter.class)
        .hasMessage(
            "parameter 'run' starts 'reboot', which is not allowed; to allow it, add the line"
                + " '- reboot' below actions.command.allow in config.yml");
    for (String dodge : List.of("/bin/sh", "../sh", "./sh", "echo")) {
      assertThatThrownBy(() -> bench.read("command", run(dodge)))
          .hasMessageContaining("not allowed");
    }
    assertThatThrownBy(() -> new Bench().read("command", run("sh")))
        .hasMessageContaining("not allowed");
    assertThatThrownBy(() -> bench.read("command", run("no-such-program")))
        .hasMessageContaining("not installed");
    assertThat(bench.read("command", run("/bin/echo", "hi")).output())
        .containsEntry("stdout", "hi\n");
  }

  @Test
  void parameters_thatCannotBe_areRefused() {
    bench.secret("db", "hunter2");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("run", List.of()),
            run(" "),
            run("cat", ""),
            run("cat", "a\0b"),
            with(run("cat"), "cwd", "/no/such/folder"),
            with(run("cat"), "cwd", "relative"),
            with(run("cat"), "env", Map.of("A B", "x")),
            with(run("cat"), "env", Map.of("LD_PRELOAD", "x")),
            with(run("cat"), "env", Map.of("X", Map.of("secret", "unknown"))),
            with(run("cat"), "expect", Map.of("exit", 300)),
            with(run("cat"), "timeout", "never"))) {
      assertThatThrownBy(() -> bench.read("command", wrong))
          .as("%s", wrong)
          .isInstanceOf(BadParameter.class)
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void changes_isWhatTheKnownProgramsSay() {
    Action command = bench.action("command");
    for (List<String> change :
        List.of(
            List.of("systemctl", "restart", "redis"),
            List.of("sudo", "-u", "root", "systemctl", "--no-block", "start", "x"),
            List.of("/usr/bin/systemctl", "{{vars.verb}}", "x"),
            List.of("{{vars.program}}"),
            List.of("kill", "-9", "1"),
            List.of("rm", "-rf", "/tmp/x"),
            List.of("kubectl", "-n", "shop", "rollout", "restart", "deploy/api"),
            List.of("kubectl", "delete", "pod", "x"),
            List.of("docker", "restart", "x"),
            List.of("redis-cli", "-h", "h", "FLUSHALL"),
            List.of("env", "A=b", "reboot"),
            List.of("sed", "--in-place=.bak", "s/a/b/", "f"))) {
      assertThat(command.changes(Map.of("run", change))).as("%s", change).isTrue();
    }
    for (List<String> read :
        List.of(
            List.of("systemctl", "status", "redis"),
            List.of("kubectl", "get", "pods", "-n", "{{vars.ns}}"),
            List.of("redis-cli", "-h", "{{vars.host}}", "INFO"),
            List.of("docker", "logs", "x"),
            List.of("df", "-h"),
            List.of("sudo", "journalctl", "-u", "redis"))) {
      assertThat(command.changes(Map.of("run", read))).as("%s", read).isFalse();
    }
  }

  @Test
  void hundredsOfCommands_leaveNoProcessAndNoFolderBehind() throws Exception {
    Action command = bench.action("command");
    for (int i = 0; i < 50; i++) {
      assertThat(
              command.run(
                  Bench.invocation(
                      run("printf", "x"), false, Duration.ofSeconds(10), new Cancellation())))
          .isInstanceOf(Outcome.Succeeded.class);
    }
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
