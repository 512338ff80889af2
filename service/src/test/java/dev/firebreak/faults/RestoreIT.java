package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.app.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup taken under load comes up in another folder with everything, and does nothing. */
class RestoreIT {
  private static final int ALERTS = 30;
  private static final int UNANSWERED_AFTER = 4;
  private static final long LONG_ENOUGH_TO_ACT_MILLIS = 4_000;

  @TempDir Path folder;

  @Test
  void backupUnderLoad_restoredElsewhere_hasAllAndDoesNothingUntilAHumanSaysSo() throws Exception {
    try (StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port());
      Alerts alerts = new Alerts();
      List<JsonNode> before;
      Path backup;
      Silence silence = new Silence(stub);
      try (ServiceProcess one = site.node("one")) {
        one.start();
        try (Alerts.Load load = alerts.load(4, List.of(one))) {
          Await.until("alerts are taken", () -> alerts.receipts().size() >= ALERTS);
          silence.awaitBoth();
          before = alerts.receipts();
          backup = Path.of(one.call("POST", "/api/v1/backups", null).path("file").asText());
        }
        assertThat(alerts.receipts().size()).isGreaterThanOrEqualTo(before.size());
        one.kill();
      } finally {
        silence.end();
      }
      ServiceProcess stopped;
      try (ServiceProcess two = restored(site, backup)) {
        stopped = two;
        List<String> seen = outside(stub, site);
        two.start();
        Await.pause(LONG_ENOUGH_TO_ACT_MILLIS);
        assertThat(outside(stub, site)).as("what the world saw").isEqualTo(seen);
        everyAcknowledgedIsThere(two, before);
        int live = allLiveArePaused(two);
        assertThat(live).as("runs that were live when the backup was made").isPositive();
        assertThat(outside(stub, site)).as("what the world saw").isEqualTo(seen);
        humanTakesOver(two);
        System.out.printf(
            "restore: %d acknowledged before the backup, all there; %d live runs paused, nothing"
                + " done%n",
            before.size(), live);
      }
      assertThat(stopped.log()).contains("stops: takes up nothing new").contains(": stopped");
    }
  }

  /**
   * In turns a read and a change is not answered, so that the backup finds runs in the middle of
   * either.
   */
  private static final class Silence {
    private final StubTarget stub;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch bothWait = new CountDownLatch(2);

    Silence(StubTarget stub) {
      this.stub = stub;
      next(StubTarget.Moment.DIAGNOSE, StubTarget.Moment.BEFORE_ANSWER);
    }

    private void next(StubTarget.Moment moment, StubTarget.Moment then) {
      stub.arm(
          moment,
          UNANSWERED_AFTER,
          () -> {
            next(then, moment);
            bothWait.countDown();
            Await.until("the end of the first process", () -> over.getCount() == 0);
          });
    }

    void awaitBoth() {
      Await.until("a read and a change wait for an answer", () -> bothWait.getCount() == 0);
    }

    void end() {
      stub.disarm();
      over.countDown();
    }
  }

  /** The first time for its configuration, the second time for a token in the restored database. */
  private ServiceProcess restored(Site site, Path backup) throws Exception {
    Path config;
    try (ServiceProcess unused = site.node("two")) {
      config = unused.config();
    }
    Files.delete(folder.resolve("two/firebreak.mv.db"));
    String said = CommandLine.run("db", "restore", config.toString(), backup.toString());
    assertThat(said).contains("automation is off");
    return site.node("two");
  }

  private static List<String> outside(StubTarget stub, Site site) throws IOException {
    List<String> seen = new ArrayList<>();
    stub.fixes().forEach(fix -> seen.add(fix.key()));
    if (Files.exists(site.tickets())) {
      try (Stream<Path> files = Files.walk(site.tickets())) {
        files.map(Path::toString).sorted().forEach(seen::add);
      }
    }
    seen.add("reads: " + stub.reads());
    return seen;
  }

  private static void everyAcknowledgedIsThere(ServiceProcess service, List<JsonNode> receipts)
      throws Exception {
    for (JsonNode receipt : receipts) {
      String id = receipt.path("delivery").asText();
      assertThat(service.call("GET", "/api/v1/deliveries/" + id, null).path("alerts"))
          .isEqualTo(receipt.path("alerts"));
      String run = receipt.at("/alerts/0/runs/0").asText();
      assertThat(service.status("/api/v1/runs/" + run)).isEqualTo(200);
    }
  }

  private static int allLiveArePaused(ServiceProcess service) throws Exception {
    assertThat(service.call("GET", "/api/v1/automation", null).path("mode").asText())
        .isEqualTo("off");
    List<JsonNode> live = live(service);
    assertThat(live).allSatisfy(run -> assertThat(run.path("paused").asBoolean()).isTrue());
    return live.size();
  }

  private static List<JsonNode> live(ServiceProcess service) throws Exception {
    List<JsonNode> live = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = service.call("GET", "/api/v1/runs?limit=200" + cursor, null);
      page.path("items")
          .valueStream()
          .filter(run -> !run.hasNonNull("ended_at"))
          .forEach(live::add);
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return live;
  }

  private static void humanTakesOver(ServiceProcess service) throws Exception {
    service.call("PUT", "/api/v1/automation", "{\"mode\": \"on\", \"reason\": \"looked\"}");
    assertThat(live(service))
        .allSatisfy(run -> assertThat(run.path("paused").asBoolean()).isTrue());
    for (JsonNode run : live(service)) {
      String cancel = "/api/v1/runs/" + run.path("id").asText() + "/cancel";
      assertThat(service.order(cancel, "{\"reason\": \"old\"}"))
          .as("cancelled, or over already: what was in its last phase goes on")
          .isIn(200, 410);
    }
    Await.until("the end of the cancelled runs", () -> live(service).isEmpty());
  }
}
