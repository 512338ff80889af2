package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Firebreak as a process of its own, which can be killed and started again. */
final class ServiceProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path config;
  private final Path log;
  private final String url;
  private final String token;
  private @Nullable Process process;

  private ServiceProcess(Path config, int port, String token) {
    this.config = config;
    this.log = config.resolveSibling("firebreak.log");
    this.url = "http://127.0.0.1:" + port;
    this.token = token;
  }

  /** Prepares one, with a token of an admin; it does not run yet. */
  static ServiceProcess of(Path config, int port) throws Exception {
    var out = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    List<String> order =
        List.of("token", "create", "--name", "ana", "--roles", "admin", "--config", config + "");
    assertThat(Main.run(order, lines, System.err)).isZero();
    String token = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow().strip();
    return new ServiceProcess(config, port, token);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The folder of the project. */
  static Path home() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("runbooks")) ? here : Objects.requireNonNull(here.getParent());
  }

  /** Starts it and waits until it serves. */
  void start() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process begun =
        new ProcessBuilder(
                java,
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = begun;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!serves()) {
      assertThat(begun.isAlive()).as(() -> "the service lives; its log:\n" + log()).isTrue();
      assertThat(System.nanoTime()).as("time until it serves").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private boolean serves() throws InterruptedException {
    try {
      return send("GET", "/api/v1/automation", null, token).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What it printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  /** SIGKILL; returns when it is dead. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  /** Posts to a webhook. */
  HttpResponse<byte[]> deliver(String source, String secret, String body)
      throws IOException, InterruptedException {
    return send("POST", "/webhooks/" + source, body, secret);
  }

  /** An order or question to the interface; fails unless the answer is 2xx. */
  JsonNode call(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    return JSON.readTree(bytes(method, path, body));
  }

  /** A question whose answer is no JSON. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    return bytes("GET", path, null);
  }

  private byte[] bytes(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(method, path, body, token);
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, new String(answer.body(), StandardCharsets.UTF_8))
        .isBetween(200, 299);
    return answer.body();
  }

  private HttpResponse<byte[]> send(
      String method, String path, @Nullable String body, String bearer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    }
    http.close();
  }
}
