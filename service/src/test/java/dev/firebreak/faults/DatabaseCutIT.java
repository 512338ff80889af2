package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.faults.TcpProxy.Weather;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wire to the database goes bad, or the database dies under load. {@code -Dfirebreak.cuts=} and
 * {@code -Dfirebreak.restarts=} make more of both.
 */
class DatabaseCutIT {
  private static final int CUTS = Integer.getInteger("firebreak.cuts", 12);
  private static final int RESTARTS = Integer.getInteger("firebreak.restarts", 4);
  private static final long SEED = Long.getLong("firebreak.seed", 20_261_122L);

  /** What a sender is promised, and what two busy cores may add. */
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(5);

  private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(45);

  @TempDir Path folder;

  private final Alerts alerts = new Alerts();

  @Test
  void wireThatHoldsAndCuts_refusesInTimeHaltsAndRecoversByItself() throws Exception {
    try (PostgresServer postgres = new PostgresServer(folder);
        TcpProxy wire = new TcpProxy(postgres.port());
        StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).postgresql(PostgresServer.url(wire.port()));
      try (ServiceProcess service = site.node("node")) {
        service.start();
        for (Weather bad : List.of(Weather.HOLD, Weather.HOLD_ANSWERS)) {
          alerts.sendUntilTaken(service);
          held(service, wire, bad);
        }
        haltedWithoutDatabase(service, wire, site, stub);
        int before = wire.cuts();
        cutAgainAndAgain(service, wire);
        Judge.Verdict verdict = new Judge(site, stub, alerts).judge(service);
        System.out.printf(
            "wire to the database: held twice, %d connections cut, %d answered 503, %d unanswered,"
                + " %s (seed %d)%n",
            wire.cuts() - before, alerts.refused(), alerts.unanswered(), verdict, SEED);
        Judge.journalIsWhole(service);
      }
    }
  }

  private void held(ServiceProcess service, TcpProxy wire, Weather bad) throws Exception {
    try (Alerts.Load load = alerts.load(3, List.of(service))) {
      wire.weather(bad);
      long soonest = Long.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        long begin = System.nanoTime();
        assertThat(alerts.send(service)).as("while %s", bad).isEqualTo(503);
        soonest = Math.min(soonest, System.nanoTime() - begin);
      }
      assertThat(Duration.ofNanos(soonest)).as("one of three").isLessThan(REFUSED_WITHIN);
      assertThat(load).isNotNull();
      assertThat(service.admin("/ready").statusCode()).as("ready while %s", bad).isEqualTo(503);
      assertThat(new String(service.admin("/ready").body(), StandardCharsets.UTF_8))
          .contains("database");
      assertThat(service.admin("/metrics").statusCode()).isEqualTo(200);
      wire.weather(Weather.PASS);
      recovers(service);
    }
  }

  private static void recovers(ServiceProcess service) {
    long begin = System.nanoTime();
    boolean ready =
        Await.until(
            "it is ready again",
            RECOVERED_WITHIN,
            () -> service.serves() && service.admin("/ready").statusCode() == 200,
            seen -> seen);
    assertThat(ready).isTrue();
    System.out.printf("recovered %.1f s after the wire was whole%n", since(begin));
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** An order to halt that the database does not hear holds on this node all the same. */
  private void haltedWithoutDatabase(
      ServiceProcess service, TcpProxy wire, Site site, StubTarget stub) throws Exception {
    try (Alerts.Load load = alerts.load(3, List.of(service))) {
      Await.until("there is work", () -> stub.fixes().size() > 25);
      wire.weather(Weather.HOLD);
      Await.pause(300);
      service.signal("USR2");
      Path halt = site.folder().resolve("node").resolve("HALT");
      Await.until("the signal was heard", () -> Files.exists(halt));
      assertThat(load).isNotNull();
    }
    Await.pause(200);
    int before = stub.fixes().size();
    wire.weather(Weather.PASS);
    alerts.sendUntilTaken(service);
    Await.until(
        "the halt is in force",
        () ->
            Judge.runs(service).stream()
                .noneMatch(run -> run.path("status").asText().equals("running")));
    assertThat(stub.fixes()).as("changes while halted").hasSize(before);
    JsonNode lifted =
        service.call("PUT", "/api/v1/automation", "{\"mode\": \"on\", \"reason\": \"go on\"}");
    assertThat(lifted.path("mode").asText()).isEqualTo("on");
  }

  private void cutAgainAndAgain(ServiceProcess service, TcpProxy wire) throws Exception {
    Random random = new Random(SEED);
    try (Alerts.Load load = alerts.load(3, List.of(service))) {
      for (int i = 0; i < CUTS; i++) {
        Await.pause(100 + random.nextInt(500));
        wire.weather(i % 3 == 1 ? Weather.CUT_ANSWERS : Weather.PASS);
        wire.cut();
        Await.pause(random.nextInt(300));
        wire.weather(Weather.PASS);
      }
      assertThat(load).isNotNull();
    }
    recovers(service);
  }

  @Test
  void databaseThatDiesUnderLoad_losesNothingAndRepeatsNothing() throws Exception {
    try (PostgresServer postgres = new PostgresServer(folder);
        StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).postgresql(postgres.url());
      try (ServiceProcess service = site.node("node")) {
        service.start();
        Random random = new Random(SEED);
        try (Alerts.Load load = alerts.load(3, List.of(service))) {
          for (int i = 0; i < RESTARTS; i++) {
            Await.pause(500 + random.nextInt(1_500));
            postgres.restartAtOnce();
          }
          assertThat(load).isNotNull();
        }
        recovers(service);
        Judge.Verdict verdict = new Judge(site, stub, alerts).judge(service);
        System.out.printf(
            "database died %d times under load: %d answered 503, %d unanswered, %s (seed %d)%n",
            RESTARTS, alerts.refused(), alerts.unanswered(), verdict, SEED);
        Judge.journalIsWhole(service);
      }
    }
  }
}
