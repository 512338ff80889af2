package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.faults.ServiceProcess;
import dev.firebreak.ticket.redmine.RealRedmine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis really hangs, Prometheus sees it, the Alertmanager says it, the shipped runbook mends it,
 * and Redmine has the ticket: nothing in this is played.
 */
class RealWorldIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final List<AutoCloseable> RUNNING = new ArrayList<>();

  @TempDir static Path folder = Path.of("set by JUnit");
  private static @Nullable Landscape landscape;
  private static @Nullable RealRedmine redmine;
  private static @Nullable ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    Landscape.needPrograms();
    RealRedmine real = RealRedmine.start();
    redmine = real;
    RUNNING.add(real);
    Landscape around = new Landscape(folder);
    landscape = around;
    RUNNING.add(around);
    int port = ServiceProcess.freePort();
    int admin = ServiceProcess.freePort();
    ServiceProcess started = ServiceProcess.of(configure(port, admin, around, real), port, admin);
    service = started;
    RUNNING.add(started);
    started.start();
    around.start(port);
    await("redis_up is 1", () -> up(around), value -> value.equals("1"));
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable one : RUNNING.reversed()) {
      one.close();
    }
  }

  @Test
  void redis_hangs_isRestartedOnceProvenTicketedAndResolved() throws Exception {
    Landscape around = Objects.requireNonNull(landscape);
    long old = around.redisPid();
    long begin = System.nanoTime();
    around.hangRedis();

    JsonNode run = await("the run ends", RealWorldIT::run, found -> found.hasNonNull("ended_at"));
    long mended = System.nanoTime();
    assertThat(run.path("status").asText()).as(() -> log()).isEqualTo("mitigated");
    assertThat(around.restarts()).containsExactly("127.0.0.1 " + around.redis);
    assertThat(around.redisPid()).isNotEqualTo(old);

    String incident = run.path("incident").asText();
    JsonNode after =
        await(
            "the incident is resolved and so is the ticket",
            () -> get("/api/v1/incidents/" + incident),
            found ->
                found.path("status").asText().equals("resolved")
                    && found.at("/tickets/0/status").asText().equals("Resolved"));
    System.out.printf(
        "real world: mitigated %.1f s and resolved %.1f s after Redis hung%n",
        (mended - begin) / 1e9, (System.nanoTime() - begin) / 1e9);
    assertThat(kinds(incident)).containsOnlyOnce("intent.committed");
    theTicketHoldsTheEvidence(incident, after);
    thePostmortemKnowsTheTimes(incident);
  }

  private static void theTicketHoldsTheEvidence(String incident, JsonNode after) throws Exception {
    assertThat(after.path("tickets")).hasSize(1);
    String ref = after.at("/tickets/0/ref").asText();
    JsonNode issue =
        JSON.readTree(
                redmine(
                    Objects.requireNonNull(redmine).url()
                        + "/issues/"
                        + ref
                        + ".json?include=attachments,journals"))
            .path("issue");
    assertThat(issue.at("/status/name").asText()).isEqualTo("Resolved");
    assertThat(issue.path("subject").asText()).endsWith("[" + incident + "]");
    assertThat(issue.path("journals")).as("notes").isNotEmpty();

    JsonNode artifacts = get("/api/v1/incidents/" + incident + "/artifacts").path("items");
    assertThat(artifacts.findValuesAsText("step")).contains("process", "up", "restart");
    List<String> kept = new ArrayList<>();
    for (JsonNode artifact : artifacts) {
      kept.add(hex(service().bytes(artifact.path("content").asText())));
    }
    List<String> attached = new ArrayList<>();
    for (JsonNode file : issue.path("attachments")) {
      attached.add(hex(redmine(file.path("content_url").asText())));
    }
    assertThat(attached).containsExactlyInAnyOrderElementsOf(kept);
  }

  private static void thePostmortemKnowsTheTimes(String incident) throws Exception {
    String text =
        new String(
            service().bytes("/api/v1/incidents/" + incident + "/postmortem"),
            StandardCharsets.UTF_8);
    for (String moment :
        List.of(
            "Alert began",
            "Alert received",
            "First diagnostic",
            "Decision",
            "Fix done",
            "Fix verified",
            "Resolved")) {
      assertThat(text.lines().filter(line -> line.contains("| " + moment + " ")))
          .as("%s in\n%s", moment, text)
          .singleElement()
          .asString()
          .matches(".*\\d{2}:\\d{2}.*")
          .doesNotContain("not on record");
    }
  }

  private static List<String> kinds(String incident) throws Exception {
    return get("/api/v1/incidents/" + incident + "/timeline?limit=200")
        .path("items")
        .findValuesAsText("kind");
  }

  private static JsonNode run() throws Exception {
    return get("/api/v1/runs").path("items").path(0);
  }

  private static JsonNode get(String path) throws IOException, InterruptedException {
    return service().call("GET", path, null);
  }

  private static ServiceProcess service() {
    return Objects.requireNonNull(service);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] redmine(String url) throws IOException, InterruptedException {
    return fetch(url, "X-Redmine-API-Key", Objects.requireNonNull(redmine).key());
  }

  private static String up(Landscape around) throws Exception {
    try {
      byte[] answer =
          fetch(
              "http://127.0.0.1:" + around.prometheus + "/api/v1/query?query=redis_up", "X-A", "b");
      return JSON.readTree(answer).at("/data/result/0/value/1").asText();
    } catch (IOException e) {
      return "not yet: " + e.getMessage();
    }
  }

  private static byte[] fetch(String url, String header, String value)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(20))
              .header(header, value)
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 200 ? answer.body() : new byte[0];
    }
  }

  /** Something to look at again and again. */
  private interface Look<T> {
    T look() throws Exception;
  }

  private static <T> T await(String what, Look<T> look, Predicate<T> good) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T seen = look.look();
    while (!good.test(seen)) {
      T last = seen;
      assertThat(System.nanoTime())
          .as(() -> "time until " + what + ", last seen: " + last + log())
          .isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      seen = look.look();
    }
    return seen;
  }

  private static String log() {
    try {
      return Objects.requireNonNull(landscape).logs();
    } catch (IOException e) {
      return "no logs: " + e.getMessage();
    }
  }

  private static Path configure(int port, int admin, Landscape around, RealRedmine redmine)
      throws IOException {
    Path home = ServiceProcess.home();
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    String shipped = Files.readString(home.resolve("runbooks/redis-down.yml"));
    String restart = around.restartRedis().toString();
    Files.writeString(
        runbooks.resolve("redis-down.yml"),
        shipped.replace("[redis-restart,", "[" + restart + ","));
    Files.writeString(folder.resolve("redmine.key"), redmine.key());
    return Files.writeString(
        folder.resolve("config.yml"),
        CONFIG
            .replace("HOME", home.toString())
            .replace("FOLDER", folder.toString())
            .replace("REDMINE_URL", redmine.url())
            .replace("REDMINE_PROJECT", redmine.project())
            .replace("RESTART", restart)
            .replace("PROMETHEUS_PORT", "" + around.prometheus)
            .replace("ADMIN_PORT", "" + admin)
            .replace("SERVICE_PORT", "" + port));
  }

  private static final String CONFIG =
      """
      data: FOLDER/data
      baseUrl: http://127.0.0.1:SERVICE_PORT
      runbooks: {path: FOLDER/runbooks, reload: 1h}
      templates: HOME/templates
      sources:
        - name: prometheus
          type: alertmanager
          auth: {type: bearer, tokens: [alertmanager-token]}
      egress: {allow: [127.0.0.1]}
      actions:
        command: {allow: [redis-cli, ps, RESTART]}
        prometheus: {url: "http://127.0.0.1:PROMETHEUS_PORT"}
      channels: {console: {type: console}}
      teams: {team-cache: {members: [ana], channel: console}}
      escalations: {oncall: {links: [{notify: [team-cache], wait: 15m}]}}
      tickets:
        tickets: {type: redmine, url: "REDMINE_URL", apiKey: {file: FOLDER/redmine.key}, project: REDMINE_PROJECT, resolvedStatus: Resolved}
      scope: {managed: ["redis/**"]}
      own: {allow: ["redis/127.0.0.1:*"]}
      server:
        applicationConnectors: [{type: http, port: SERVICE_PORT, bindHost: 127.0.0.1}]
        adminConnectors: [{type: http, port: ADMIN_PORT, bindHost: 127.0.0.1}]
        requestLog: {appenders: []}
      logging:
        level: WARN
        loggers: {dev.firebreak: INFO, com.networknt: ERROR}
        appenders: [{type: console}]
      """;
}
