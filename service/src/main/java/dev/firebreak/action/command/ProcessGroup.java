package dev.firebreak.action.command;

import dev.firebreak.action.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program and all it starts: one session, one process group, ended together. Used by one thread.
 */
final class ProcessGroup {
  /** How the wait ended. */
  enum End {
    EXITED,
    TIMED_OUT,
    CANCELLED
  }

  private static final Path SHELL = Path.of("/bin/sh");
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration DEATH = Duration.ofSeconds(5);

  private final Process leader;
  private final Capture stdout;
  private final Capture stderr;
  private final Duration grace;
  private final long start = System.nanoTime();

  private ProcessGroup(Process leader, Executor blocking, CommandSettings settings) {
    this.leader = leader;
    this.stdout = new Capture(leader.getInputStream(), settings.maxBytes(), blocking);
    this.stderr = new Capture(leader.getErrorStream(), settings.maxBytes(), blocking);
    this.grace = settings.graceTime();
  }

  /**
   * Looks for what a group is started and ended with.
   *
   * @throws IllegalArgumentException when it is not installed
   */
  static void requireTools() {
    if (Programs.find("setsid").isEmpty() || Programs.find(SHELL.toString()).isEmpty()) {
      throw new IllegalArgumentException(
          "actions.command.allow: commands need 'setsid' (package util-linux) and /bin/sh,"
              + " which are not installed: install them, or leave 'allow' empty");
    }
  }

  static ProcessGroup start(
      CommandLine line, Workplace place, Executor blocking, CommandSettings settings)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        Programs.find("setsid").orElseThrow(() -> new IOException("no setsid")).toString());
    arguments.add(line.program().toString());
    arguments.addAll(line.run().subList(1, line.run().size()));
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(place.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(line.env());
    String stdin = line.stdin();
    if (stdin == null) {
      builder.redirectInput(Path.of("/dev/null").toFile());
    }
    Process leader = builder.start();
    if (stdin != null) {
      blocking.execute(() -> feed(leader, stdin));
    }
    return new ProcessGroup(leader, blocking, settings);
  }

  private static void feed(Process leader, String stdin) {
    try (OutputStream in = leader.getOutputStream()) {
      in.write(stdin.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // the program does not want to hear more
    }
  }

  /** Waits for the end of the program, and brings it about if it does not come by itself. */
  End await(Duration timeout, Cancellation cancellation) {
    CompletableFuture<End> end = new CompletableFuture<>();
    leader.onExit().thenRun(() -> end.complete(End.EXITED));
    cancellation.onCancel(() -> end.complete(End.CANCELLED));
    End how =
        end.completeOnTimeout(End.TIMED_OUT, timeout.toMillis(), TimeUnit.MILLISECONDS).join();
    if (how != End.EXITED) {
      kill();
    }
    // A child that lives on may hold the pipes open for ever; nobody waits for what it says.
    within(CompletableFuture.allOf(stdout.end(), stderr.end()), LAST_WORDS);
    return how;
  }

  private void kill() {
    List<ProcessHandle> escaped = leader.descendants().toList();
    signal("TERM");
    leader.toHandle().destroy();
    boolean gone = within(leader.onExit(), grace);
    signal("KILL");
    leader.toHandle().destroyForcibly();
    escaped.forEach(ProcessHandle::destroyForcibly);
    if (!gone) {
      within(leader.onExit(), DEATH);
    }
  }

  /** The shell's own {@code kill}: a fixed text, the group's number its only argument. */
  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder(
                  SHELL.toString(),
                  "-c",
                  "kill -s \"$0\" -- \"-$1\"",
                  signal,
                  String.valueOf(leader.pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      within(kill.onExit(), DEATH);
    } catch (IOException e) {
      leader.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean within(CompletableFuture<?> future, Duration time) {
    return future
        .handle((_, _) -> true)
        .completeOnTimeout(false, time.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** The exit code; null when it was killed or still lives. */
  @Nullable Integer exit() {
    return leader.isAlive() ? null : (Integer) leader.exitValue();
  }

  Capture stdout() {
    return stdout;
  }

  Capture stderr() {
    return stderr;
  }

  long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
