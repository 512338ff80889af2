package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.faults.StubTarget.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies while runs wait, and one that stands still longer than any of its waits. */
class WaitsIT {
  private static final Duration LATE = Duration.ofSeconds(15);
  private static final String ASKS =
      Site.RUNBOOK
          .replace("runbook: target-bad", "runbook: asks")
          .replace("target: \"stub/", "target: \"stub/asks-")
          .replace("    do:", "    approve: {by: [team-target], within: 15m}\n    do:");
  private static final String SETTLES =
      Site.RUNBOOK
          .replace("runbook: target-bad", "runbook: settles")
          .replace("      within: 4s", "      settle: 15s\n      within: 4s");
  private static final String CALLS =
      """
      runbook: calls
      owner: team-target
      on:
        alert: alert.status == 'firing' && alert.labels.alertname == 'TargetBad'
        incident: "target/{{alert.labels.target}}"
      diagnose:
        - id: look
          http: {url: "STUB/state/nothing"}
          retry: {attempts: 2, backoff: 15s, cap: 15s}
      escalate: {to: oncall}
      """;

  @TempDir Path folder;

  private final Alerts alerts = new Alerts();

  private void write(String name, String text, int stub) throws IOException {
    Path unused =
        Files.writeString(
            folder.resolve("runbooks").resolve(name + ".yml"),
            text.replace("STUB", "http://127.0.0.1:" + stub));
  }

  @Test
  void processKilledWhileRunsWait_waitsAreOverWhenTheyWouldHaveBeen() throws Exception {
    try (StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).runbook(SETTLES, stub.port());
      write("asks", ASKS, stub.port());
      write("calls", CALLS, stub.port());
      try (ServiceProcess service = site.node("node")) {
        service.start();
        assertThat(alerts.send(service, "waits")).isEqualTo(202);
        Map<String, Instant> before =
            Await.until("all wait", () -> deadlines(service), waits -> waits.size() == 3);
        service.kill();
        service.start();
        Instant up = Instant.now();
        assertThat(deadlines(service)).containsEntry("asks/fix", before.get("asks/fix"));
        Map<String, Instant> ends = new TreeMap<>();
        for (String timer : new String[] {"settles/fix.verify", "calls/look"}) {
          Instant end =
              Await.until(timer + " is over", () -> ended(service, timer), it -> it != Instant.MAX);
          Instant due = Objects.requireNonNull(before.get(timer));
          assertThat(end).isBetween(due, (up.isAfter(due) ? up : due).plus(LATE));
          ends.put(timer, end);
        }
        assertThat(stub.fixes()).hasSize(1);
        System.out.printf(
            "killed while runs wait: 3 deadlines kept, late by %s%n",
            ends.entrySet().stream()
                .map(end -> Duration.between(before.get(end.getKey()), end.getValue()))
                .toList());
      }
    }
  }

  /** Of every step that waits, by runbook and step. */
  private static Map<String, Instant> deadlines(ServiceProcess service) {
    Map<String, Instant> deadlines = new TreeMap<>();
    for (JsonNode run : Judge.wholeRuns(service)) {
      for (JsonNode step : run.path("steps")) {
        if (step.hasNonNull("until") && step.path("status").asText().equals("waiting")) {
          deadlines.put(key(run, step), Instant.parse(step.path("until").asText()));
        }
      }
    }
    return deadlines;
  }

  private static String key(JsonNode run, JsonNode step) {
    return run.path("runbook").asText() + "/" + step.path("id").asText();
  }

  private static Instant ended(ServiceProcess service, String key) {
    for (JsonNode run : Judge.wholeRuns(service)) {
      for (JsonNode step : run.path("steps")) {
        if (key(run, step).equals(key) && step.hasNonNull("ended_at")) {
          return Instant.parse(step.path("ended_at").asText());
        }
      }
    }
    return Instant.MAX;
  }

  @Test
  void processThatStandsStill_goesOnWithoutRepeating() throws Exception {
    try (StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port());
      try (ServiceProcess service = site.node("node")) {
        service.start();
        Moment[] moments = {Moment.BEFORE_ANSWER, Moment.VERIFY};
        for (Moment moment : moments) {
          standStill(service, stub, moment);
        }
        Judge.Verdict verdict = new Judge(site, stub, alerts).judge(service);
        System.out.printf("stood still: %d times 12 s, %s%n", moments.length, verdict);
      }
    }
  }

  private void standStill(ServiceProcess service, StubTarget stub, Moment moment) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    stub.arm(
        moment,
        0,
        () -> {
          try {
            service.hold();
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
          held.countDown();
        });
    // it may stand still before its answer is out
    assertThat(alerts.send(service)).isIn(202, 0);
    assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    Await.pause(12_000);
    service.release();
    Await.until("it serves again", service::serves);
  }
}
