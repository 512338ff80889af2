package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.faults.StubTarget.Moment;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of crashes: whenever the process dies, nothing that was acknowledged is lost, no change
 * is made twice, and every run comes to its end. {@code -Dfirebreak.kills=} and {@code
 * -Dfirebreak.seed=} make longer and other loops.
 */
class KillLoopIT {
  private static final int KILLS = Integer.getInteger("firebreak.kills", 5);
  private static final int MOST_ALERTS_OF_A_LIFE = 20;
  private static final int LATEST_REQUEST = 8;
  private static final int LONGEST_DELAY_MILLIS = 1200;
  private static final long SEED = Long.getLong("firebreak.seed", 20_261_122L);

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Alerts alerts = new Alerts();

  @Test
  void onH2_killedAgainAndAgain_losesNothingAndRepeatsNothing() throws Exception {
    try (StubTarget stub = new StubTarget()) {
      killAgainAndAgain("h2", new Site(folder, stub.port()), stub);
    }
  }

  @Test
  void onPostgresql_killedAgainAndAgain_losesNothingAndRepeatsNothing() throws Exception {
    try (PostgresServer postgres = new PostgresServer(folder);
        StubTarget stub = new StubTarget()) {
      killAgainAndAgain(
          "postgresql", new Site(folder, stub.port()).postgresql(postgres.url()), stub);
    }
  }

  private void killAgainAndAgain(String database, Site site, StubTarget stub) throws Exception {
    Judge.Verdict verdict;
    ServiceProcess last;
    try (ServiceProcess service = site.node("node")) {
      for (int life = 0; life < KILLS; life++) {
        service.start();
        live(service, stub, life);
      }
      stub.disarm();
      service.start();
      assertThat(alerts.receipts()).hasSizeGreaterThanOrEqualTo(KILLS);
      assertThat(alerts.receipts())
          .extracting(receipt -> receipt.at("/alerts/0/result"))
          .extracting(JsonNode::asText)
          .containsOnly("started");
      verdict = new Judge(site, stub, alerts).judge(service);
      last = service;
    }
    Judge.journalIsWhole(last);
    System.out.printf("kill loop on %s: %d kills, %s (seed %d)%n", database, KILLS, verdict, SEED);
  }

  /** One life: alerts are sent until the moment of death, which differs from life to life. */
  private void live(ServiceProcess service, StubTarget stub, int life) throws Exception {
    // Else the runs of the lives before might end this one before it has taken any.
    assertThat(alerts.send(service)).isEqualTo(202);
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
                Await.pause(delay);
                kill.run();
              });
    }
    for (int sent = 0; sent < MOST_ALERTS_OF_A_LIFE && dead.getCount() > 0; sent++) {
      int unused = alerts.send(service);
    }
    assertThat(dead.await(30, TimeUnit.SECONDS)).as("killed in life %d", life).isTrue();
  }
}
