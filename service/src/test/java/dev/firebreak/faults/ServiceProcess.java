package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.app.CommandLine;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Firebreak as a process of its own, which can be killed, held and started again. */
public final class ServiceProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path config;
  private final Path log;
  private final String url;
  private final String admin;
  private final String token;
  private final List<String> options = new ArrayList<>();
  private Class<?> main = CommandLine.MAIN;
  private @Nullable Process process;

  private ServiceProcess(Path config, int port, int admin, String token) {
    this.config = config;
    this.log = Path.of(config.toString().replaceAll("\\.yml$", ".log"));
    this.url = "http://127.0.0.1:" + port;
    this.admin = "http://127.0.0.1:" + admin;
    this.token = token;
  }

  /** Prepares one, with a token of an admin; it does not run yet. */
  public static ServiceProcess of(Path config, int port, int admin) throws Exception {
    String printed =
        CommandLine.run(
            "token", "create", "--name", "ana", "--roles", "admin", "--config", config.toString());
    return new ServiceProcess(config, port, admin, printed.lines().findFirst().orElseThrow());
  }

  /** The same people and senders, who come by another address. */
  ServiceProcess through(int port) {
    return new ServiceProcess(config, port, Integer.parseInt(admin.replaceAll(".*:", "")), token);
  }

  String address(String path) {
    return url + path;
  }

  /** A cookie of a new session in the browser. */
  String session() throws IOException, InterruptedException {
    HttpRequest login =
        HttpRequest.newBuilder(URI.create(url + "/login"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
            .build();
    HttpResponse<byte[]> answer = http.send(login, HttpResponse.BodyHandlers.ofByteArray());
    return answer.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
  }

  int port() {
    return Integer.parseInt(url.replaceAll(".*:", ""));
  }

  /** Another main class, and options for the JVM, from the next start on. */
  ServiceProcess with(Class<?> otherMain, String... jvmOptions) {
    main = otherMain;
    options.addAll(List.of(jvmOptions));
    return this;
  }

  Path config() {
    return config;
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The folder of the project. */
  public static Path home() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("runbooks")) ? here : Objects.requireNonNull(here.getParent());
  }

  /** Starts it and waits until it serves, and says so to whoever reads its log. */
  public void start() throws Exception {
    Process begun = begin();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!serves()) {
      assertThat(begun.isAlive()).as(() -> "the service lives; its log:\n" + log()).isTrue();
      assertThat(System.nanoTime()).as("time until it serves").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    Await.until("it says that it is ready", () -> log().contains(" is ready: http://"));
  }

  /** Starts it and does not wait. */
  Process begin() throws IOException {
    List<String> order = Program.order(main, options);
    order.addAll(List.of(main.getName(), "server", config.toString()));
    Process begun =
        new ProcessBuilder(order)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = begun;
    return begun;
  }

  /** Whether it answers questions that need its database. */
  boolean serves() throws InterruptedException {
    try {
      return send(url + "/api/v1/runs?limit=1", "GET", null, token).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What it printed. */
  public String log() {
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

  /** SIGSTOP: it stands still where it is, and answers nobody. */
  void hold() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT: it goes on as if no time had passed. */
  void release() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    long pid = Objects.requireNonNull(process).pid();
    assertThat(new ProcessBuilder("kill", "-" + name, pid + "").start().waitFor()).isZero();
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  /** Posts to a webhook. */
  HttpResponse<byte[]> deliver(String source, String secret, String body)
      throws IOException, InterruptedException {
    return send(url + "/webhooks/" + source, "POST", body, secret);
  }

  /** What the admin port says of a path such as {@code /ready}. */
  HttpResponse<byte[]> admin(String path) throws IOException, InterruptedException {
    return send(admin + path, "GET", null, "none");
  }

  /** The status of an answer to a question, whatever it is. */
  int status(String path) throws IOException, InterruptedException {
    return send(url + path, "GET", null, token).statusCode();
  }

  /** The status of the answer to an order, whatever it is. */
  int order(String path, String body) throws IOException, InterruptedException {
    return send(url + path, "POST", body, token).statusCode();
  }

  /** The answer to an order with a key of its own, whatever it is. */
  HttpResponse<byte[]> order(String path, String body, String key)
      throws IOException, InterruptedException {
    HttpRequest request =
        asking(url + path, "POST", body, token).header("Idempotency-Key", key).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The answer to an order of somebody else, whatever it is. */
  HttpResponse<byte[]> orderAs(String bearer, String path, String body)
      throws IOException, InterruptedException {
    return send(url + path, "POST", body, bearer);
  }

  /** A token of somebody else; on a database that several may open. */
  String token(String name, String roles) throws Exception {
    return CommandLine.run(
            "token", "create", "--name", name, "--roles", roles, "--config", config.toString())
        .lines()
        .findFirst()
        .orElseThrow();
  }

  /** The status of an answer to somebody else. */
  int statusFor(String path, String bearer) throws IOException, InterruptedException {
    return send(url + path, "GET", null, bearer).statusCode();
  }

  /** An order or question to the interface; fails unless the answer is 2xx. */
  public JsonNode call(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    return JSON.readTree(bytes(method, path, body));
  }

  /** A question whose answer is no JSON. */
  public byte[] bytes(String path) throws IOException, InterruptedException {
    return bytes("GET", path, null);
  }

  private byte[] bytes(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(url + path, method, body, token);
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, new String(answer.body(), StandardCharsets.UTF_8))
        .isBetween(200, 299);
    return answer.body();
  }

  private HttpResponse<byte[]> send(
      String address, String method, @Nullable String body, String bearer)
      throws IOException, InterruptedException {
    return http.send(
        asking(address, method, body, bearer).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder asking(
      String address, String method, @Nullable String body, String bearer) {
    return HttpRequest.newBuilder(URI.create(address))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + bearer)
        .header("Content-Type", "application/json")
        .method(
            method,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() throws IOException, InterruptedException {
    Process running = process;
    if (running != null && running.isAlive()) {
      signal("CONT");
      running.destroy();
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    }
    http.close();
  }
}
