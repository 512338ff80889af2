package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.app.StubTarget.Fix;
import dev.firebreak.app.StubTarget.Moment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of crashes: whenever the process dies, nothing that was acknowledged is lost, no change
 * is made twice, and every run comes to its end.
 */
class KillLoopIT {
  private static final int KILLS = Integer.getInteger("firebreak.kills", 16);
  private static final int MOST_ALERTS_OF_A_LIFE = 20;
  private static final int LATEST_REQUEST = 8;
  private static final int LONGEST_DELAY_MILLIS = 1200;
  private static final Duration TO_END = Duration.ofSeconds(120);
  private static final long SEED = Long.getLong("firebreak.seed", 20_261_122L);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final List<JsonNode> receipts = new ArrayList<>();
  private int alerts;

  @Test
  void service_killedAgainAndAgain_losesNothingAndRepeatsNothing() throws Exception {
    int port = ServiceProcess.freePort();
    try (StubTarget stub = new StubTarget()) {
      Path config = configure(port, stub.port());
      int ended;
      long escalated;
      try (ServiceProcess service = ServiceProcess.of(config, port)) {
        for (int life = 0; life < KILLS; life++) {
          service.start();
          live(service, stub, life);
        }
        stub.disarm();
        service.start();
        List<JsonNode> runs = ended(service, stub);
        everyAcknowledgedIsThere(service, runs);
        noneTwice(stub, runs);
        ended = runs.size();
        escalated =
            runs.stream().filter(run -> run.path("status").asText().equals("escalated")).count();
        for (JsonNode run : runs) {
          ticketOnce(service, run);
        }
      }
      assertThat(audit(config)).endsWith("0 faults");
      System.out.printf(
          "kill loop: %d kills, %d acknowledged, %d runs, %d escalated, %d changes, repeats 0,"
              + " losses 0 (seed %d)%n",
          KILLS, receipts.size(), ended, escalated, stub.fixes().size(), SEED);
    }
  }

  /** One life: alerts are sent until the moment of death, which differs from life to life. */
  private void live(ServiceProcess service, StubTarget stub, int life) throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    Runnable kill =
        () -> {
          service.kill();
          dead.countDown();
        };
    int which = life % (Moment.values().length + 1);
    if (which < Moment.values().length) {
      stub.arm(Moment.values()[which], random.nextInt(LATEST_REQUEST), kill);
    } else {
      long delay = random.nextInt(LONGEST_DELAY_MILLIS);
      Thread.ofVirtual()
          .start(
              () -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay));
                kill.run();
              });
    }
    for (int sent = 0; sent < MOST_ALERTS_OF_A_LIFE && dead.getCount() > 0; sent++) {
      send(service);
    }
    assertThat(dead.await(30, TimeUnit.SECONDS)).as("killed in life %d", life).isTrue();
  }

  private void send(ServiceProcess service) throws InterruptedException {
    String target = "t" + alerts++;
    try {
      HttpResponse<byte[]> answer = service.deliver("monitoring", "not-secret-here", alert(target));
      assertThat(answer.statusCode()).isIn(202, 503);
      if (answer.statusCode() == 202) {
        receipts.add(JSON.readTree(answer.body()));
      }
    } catch (IOException e) {
      assertThat(e).as("no acknowledgement, so no promise").isNotNull();
    }
  }

  /** Waits for the end of every run; where a person is asked, answers what really happened. */
  private static List<JsonNode> ended(ServiceProcess service, StubTarget stub) throws Exception {
    long end = System.nanoTime() + TO_END.toNanos();
    while (true) {
      List<JsonNode> open =
          runs(service).stream().filter(run -> !run.hasNonNull("ended_at")).toList();
      if (open.isEmpty()) {
        return runs(service);
      }
      assertThat(System.nanoTime()).as("time to end; still open: %s", open).isLessThan(end);
      for (JsonNode run : open) {
        answer(service, stub, run.path("id").asText());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  private static void answer(ServiceProcess service, StubTarget stub, String id) throws Exception {
    JsonNode run = service.call("GET", "/api/v1/runs/" + id, null);
    for (JsonNode step : run.path("steps")) {
      if (step.path("status").asText().equals("unknown") && proofIsOver(run, step)) {
        boolean happened = stub.saw(run.path("vars").path("target").asText());
        service.call(
            "POST",
            "/api/v1/runs/" + id + "/steps/" + step.path("id").asText() + "/resolve",
            "{\"happened\": " + happened + ", \"reason\": \"looked at the target\"}");
      } else if (step.path("waits_for").asText().equals("acknowledgement")) {
        service.call(
            "POST", "/api/v1/incidents/" + run.path("incident").asText() + "/acknowledge", null);
      }
    }
  }

  private static boolean proofIsOver(JsonNode run, JsonNode step) {
    String proof = step.path("id").asText() + ".verify";
    return run.path("steps")
        .valueStream()
        .anyMatch(other -> other.path("id").asText().equals(proof) && other.hasNonNull("ended_at"));
  }

  private static List<JsonNode> runs(ServiceProcess service) throws Exception {
    List<JsonNode> runs = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = service.call("GET", "/api/v1/runs?limit=200" + cursor, null);
      page.path("items").forEach(runs::add);
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return runs;
  }

  private void everyAcknowledgedIsThere(ServiceProcess service, List<JsonNode> runs)
      throws Exception {
    assertThat(receipts).hasSizeGreaterThan(KILLS);
    Map<String, JsonNode> byId =
        runs.stream().collect(Collectors.toMap(run -> run.path("id").asText(), run -> run));
    for (JsonNode receipt : receipts) {
      JsonNode kept =
          service.call("GET", "/api/v1/deliveries/" + receipt.path("delivery").asText(), null);
      assertThat(kept.path("alerts")).isEqualTo(receipt.path("alerts"));
      assertThat(receipt.at("/alerts/0/result").asText()).isEqualTo("started");
      assertThat(byId).containsKey(receipt.at("/alerts/0/runs/0").asText());
    }
  }

  private static void noneTwice(StubTarget stub, List<JsonNode> runs) {
    assertThat(stub.fixes().stream().map(Fix::target)).doesNotHaveDuplicates();
    assertThat(stub.fixes().stream().map(Fix::key)).doesNotHaveDuplicates().doesNotContain("");
    assertThat(runs.stream().map(run -> run.path("status").asText()))
        .isSubsetOf("mitigated", "escalated");
    long mitigated =
        runs.stream().filter(run -> run.path("status").asText().equals("mitigated")).count();
    assertThat(mitigated).isPositive().isLessThanOrEqualTo(stub.fixes().size());
  }

  private void ticketOnce(ServiceProcess service, JsonNode run) throws Exception {
    String incident = run.path("incident").asText();
    JsonNode artifacts =
        service.call("GET", "/api/v1/incidents/" + incident + "/artifacts", null).path("items");
    Path ticket = folder.resolve("data/tickets").resolve(incident);
    awaitTicket(ticket, artifacts.size());
    assertThat(artifacts).as("evidence of %s", incident).hasSize(1);
    try (Stream<Path> files = Files.list(ticket.resolve("attachments"))) {
      List<Path> attached = files.toList();
      assertThat(attached).hasSize(1);
      assertThat(attached.getFirst())
          .hasBinaryContent(service.bytes(artifacts.get(0).path("content").asText()));
    }
    JsonNode tickets = service.call("GET", "/api/v1/incidents/" + incident, null).path("tickets");
    assertThat(tickets).hasSize(1);
  }

  /** The last messages may still be on their way when the last run has ended. */
  private static void awaitTicket(Path ticket, int attachments) throws IOException {
    long end = System.nanoTime() + TO_END.toNanos();
    while (!Files.exists(ticket.resolve("ticket.md")) || attached(ticket) < attachments) {
      assertThat(System.nanoTime()).as("time until %s is whole", ticket).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static long attached(Path ticket) throws IOException {
    if (!Files.isDirectory(ticket.resolve("attachments"))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(ticket.resolve("attachments"))) {
      return files.count();
    }
  }

  private static String audit(Path config) throws Exception {
    var out = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(List.of("audit", "verify", config.toString()), lines, lines)).isZero();
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private static String alert(String target) {
    return """
    {"version": "4", "groupKey": "{}/{}:{target=\\"%1$s\\"}", "status": "firing", "truncatedAlerts": 0,
     "receiver": "firebreak", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
     "externalURL": "http://alertmanager.example:9093",
     "alerts": [{"status": "firing", "labels": {"alertname": "TargetBad", "target": "%1$s"},
       "annotations": {"summary": "%1$s is bad"}, "startsAt": "2026-11-22T12:00:00Z",
       "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": "f-%1$s"}]}
    """
        .formatted(target);
  }

  private Path configure(int port, int stub) throws IOException {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(
        runbooks.resolve("target-bad.yml"), RUNBOOK.replace("STUB", "http://127.0.0.1:" + stub));
    return Files.writeString(
        folder.resolve("config.yml"),
        CONFIG
            .replace("FOLDER/templates", ServiceProcess.home().resolve("templates").toString())
            .replace("FOLDER", folder.toString())
            .replace("ADMIN", "" + ServiceProcess.freePort())
            .replace("PORT", "" + port));
  }

  private static final String RUNBOOK =
      """
      runbook: target-bad
      title: The target is bad
      owner: team-target
      on:
        alert: alert.status == 'firing' && alert.labels.alertname == 'TargetBad'
        incident: "target/{{alert.labels.target}}"
      vars:
        target: "{{alert.labels.target}}"
      diagnose:
        - id: health
          http: {url: "STUB/health/{{vars.target}}"}
          retry: {attempts: 3, backoff: 1s, cap: 1s}
          artifact: health.json
      remediate:
        - id: fix
          target: "stub/{{vars.target}}"
          limit: {max: 1, per: 1h}
          do:
            http: {url: "STUB/fix/{{vars.target}}", method: POST, json: {target: "{{vars.target}}"}}
          idempotent: false
          timeout: 10s
          verify:
            http: {url: "STUB/state/{{vars.target}}"}
            expect: output.status == 200
            within: 4s
            every: 1s
            timeout: 2s
          undo: null
      escalate: {to: oncall, when: run.outcome != 'mitigated'}
      finally:
        - id: ticket
          ticket: {system: tickets, template: incident, attach: all}
      """;

  private static final String CONFIG =
      """
      data: FOLDER/data
      baseUrl: http://127.0.0.1:PORT
      runbooks: {path: FOLDER/runbooks, reload: 1h}
      templates: FOLDER/templates
      sources:
        - name: monitoring
          type: alertmanager
          auth: {type: bearer, tokens: [not-secret-here]}
      egress: {allow: [127.0.0.1]}
      channels: {console: {type: console}}
      teams: {team-target: {members: [ana], channel: console}}
      escalations: {oncall: {links: [{notify: [team-target], wait: 15m}]}}
      tickets: {tickets: {type: file}}
      scope: {managed: ["stub/**"]}
      limits: {runbook: {max: 100000, per: 1h}, global: {max: 100000, per: 1h}}
      server:
        applicationConnectors: [{type: http, port: PORT, bindHost: 127.0.0.1}]
        adminConnectors: [{type: http, port: ADMIN, bindHost: 127.0.0.1}]
        requestLog: {appenders: []}
      logging:
        level: WARN
        loggers: {dev.firebreak: INFO, com.networknt: ERROR}
        appenders: [{type: console}]
      """;
}
