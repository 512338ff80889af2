import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A service whose database is filled between two starts, as a browser and as programs see it. */
final class Grown implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDS =
      Set.of("succeeded", "mitigated", "escalated", "failed", "cancelled");
  private static final int REPEATS = 15;
  private static final int ASKED = 25;

  final Service service;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder = Files.createTempDirectory("growth-");
  private final Echo echo = new Echo();
  private final String token;
  private String cookie = "";
  private int sent;

  Grown() throws Exception {
    service = new Service(folder, echo.port(), "{type: h2}", "bench/growth.yml");
    token = service.token("admin");
  }

  Copies copies() throws Exception {
    return new Copies(folder.resolve("firebreak"));
  }

  /** Starts it and logs in; returns the seconds until a webhook was taken. */
  double start() throws Exception {
    double seconds = service.start();
    String form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    HttpResponse<String> in =
        send(
            request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://127.0.0.1:" + service.port)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    cookie =
        in.headers()
            .firstValue("Set-Cookie")
            .orElseThrow(() -> new IllegalStateException("no login: " + in.body()))
            .split(";")[0];
    return seconds;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port + path))
        .timeout(Duration.ofSeconds(120));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IllegalStateException(answer.uri() + " was answered " + answer.body());
    }
    return answer;
  }

  private HttpRequest.Builder api(String path) {
    return request("/api/v1" + path)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  /** What the interface says at a path below {@code /api/v1}. */
  JsonNode get(String path) throws Exception {
    return JSON.readTree(send(api(path)).body());
  }

  void post(String path, String body) throws Exception {
    send(api(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Sends a webhook; returns the run it began, or an empty text. */
  String deliver(String alert, String worker, int number) throws Exception {
    String body = Webhook.of(alert, worker, echo.address(), 1, number);
    HttpResponse<String> answer =
        send(
            request("/webhooks/bench")
                .header("Authorization", "Bearer " + Service.TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return JSON.readTree(answer.body()).at("/alerts/0/runs/0").asText();
  }

  /** Begins a run for a new alert. */
  String begin(String alert) throws Exception {
    return begin(alert, "w" + sent);
  }

  String begin(String alert, String worker) throws Exception {
    return deliver(alert, worker, sent++);
  }

  String status(String run) throws Exception {
    return get("/runs/" + run).path("status").asText();
  }

  String incident(String run) throws Exception {
    return get("/runs/" + run).path("incident").asText();
  }

  /** Waits until the run that began last has ended; its steps are not looked at meanwhile. */
  void endOfNewest(String run) throws Exception {
    long end = System.nanoTime() + 900_000_000_000L;
    JsonNode newest;
    do {
      Thread.sleep(50);
      newest = get("/runs?limit=1").path("items").path(0);
      if (!newest.path("id").asText().equals(run) || System.nanoTime() > end) {
        throw new IllegalStateException("waits for " + run + ", but sees " + newest);
      }
    } while (!ENDS.contains(newest.path("status").asText()));
  }

  /** Waits until a run has ended, looking every so many milliseconds. */
  void end(String run, int every) throws Exception {
    long end = System.nanoTime() + 600_000_000_000L;
    while (!ENDS.contains(status(run))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(run + " does not end");
      }
      Thread.sleep(every);
    }
  }

  /** Asks for a page of the console again and again. */
  void page(Plot plot, String line, int size, String path) throws Exception {
    asked(plot, "page: " + line, size, () -> send(request(path).header("Cookie", cookie)));
  }

  /** Asks the interface for something again and again. */
  void answer(Plot plot, String line, int size, String path) throws Exception {
    asked(plot, "API: " + line, size, () -> send(api(path)));
  }

  /** How long something takes, and how much of the service's processor time. */
  void asked(Plot plot, String line, int size, Work work) throws Exception {
    for (int i = 0; i < REPEATS; i++) {
      work.run();
    }
    double[] times = new double[ASKED];
    double before = service.cpuSeconds();
    for (int i = 0; i < ASKED; i++) {
      long begun = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - begun) / 1e6;
    }
    double spent = (service.cpuSeconds() - before) * 1000 / ASKED;
    plot.add("ms by the clock, median", line, size, Numbers.median(times));
    plot.add("ms of processor time, each", line, size, spent);
  }

  /** Something to be measured. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * Does so many at once, waits for all, and returns the milliseconds of processor time of each.
   */
  double cost(int runs) throws Exception {
    double before = service.cpuSeconds();
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      begun.add(begin("GrowthShort"));
    }
    for (String run : begun) {
      end(run, 20);
    }
    return (service.cpuSeconds() - before) * 1000 / runs;
  }

  @Override
  public void close() throws Exception {
    service.stop();
    echo.close();
    Site.remove(folder);
  }
}
