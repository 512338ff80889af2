package dev.firebreak.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks after the patient: starts it, breaks it, and sees to it that none is left. */
final class Ward {
  private static final int QUIET_LOOKS = 4;
  private static final Duration HANGS = Duration.ofMillis(700);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Stage stage;
  private final HttpClient http;

  Ward(Stage stage, HttpClient http) {
    this.stage = stage;
    this.http = http;
  }

  /** Starts the first patient and waits until it is well. Returns its pid. */
  long admit() throws IOException, InterruptedException {
    Path said = stage.patient().resolve("patient.out");
    new ProcessBuilder(stage.patientCommand())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
    Path pid = stage.patient().resolve("patient.pid");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      if (System.nanoTime() > end) {
        throw new DemoFailed("the patient does not start: " + Files.readString(said));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return pid();
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readString(stage.patient().resolve("patient.pid")).strip());
  }

  /** Makes it hang, and returns when it really does. */
  void infect() throws IOException, InterruptedException {
    ask("POST", "/break", PATIENCE);
    try {
      ask("GET", "/health", HANGS);
    } catch (HttpTimeoutException hangs) {
      return;
    }
    throw new DemoFailed("the patient was broken and answers all the same");
  }

  /** Whether it answers that it is well. */
  boolean isWell() throws InterruptedException {
    try {
      return ask("GET", "/health", SOON) == 200;
    } catch (IOException hangsOrIsGone) {
      return false;
    }
  }

  /** What a person does when Firebreak was not allowed to: restarts it by hand. */
  void mend() throws IOException, InterruptedException {
    Process restart =
        new ProcessBuilder(stage.restart().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (restart.waitFor() != 0 || !isWell()) {
      throw new DemoFailed("the patient was restarted by hand and does not answer");
    }
  }

  private int ask(String method, String path, Duration timeout)
      throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + stage.patientPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(timeout)
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  /**
   * Kills every patient of this demonstration, and what the runbook has at work on it. A restart
   * that was decided just before may begin a moment later, so it looks until all is quiet.
   */
  void discharge() throws InterruptedException {
    int quiet = 0;
    while (quiet < QUIET_LOOKS) {
      List<ProcessHandle> left = ProcessHandle.allProcesses().filter(this::isOurs).toList();
      left.forEach(ProcessHandle::destroyForcibly);
      quiet = left.isEmpty() ? quiet + 1 : 0;
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Every process of ours has the folder, which is fresh, among its words. */
  private boolean isOurs(ProcessHandle process) {
    String folder = stage.patient().toString();
    return Arrays.stream(process.info().arguments().orElse(new String[0]))
        .anyMatch(word -> word.contains(folder));
  }
}
