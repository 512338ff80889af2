package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.app.SkewedMain;
import dev.firebreak.faults.StubTarget.Moment;
import dev.firebreak.faults.TcpProxy.Weather;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes under load on one PostgreSQL: one after the other dies, stands still past its lease,
 * loses its database, comes back; their clocks differ. {@code -Dfirebreak.rounds=} makes a longer
 * loop, {@code -Dfirebreak.seed=} another one.
 */
class TwoNodeLoopIT {
  private static final int ROUNDS = Integer.getInteger("firebreak.rounds", 4);
  private static final long SEED = Long.getLong("firebreak.seed", 20_261_122L);
  private static final int SKEW_SECONDS = 45;
  private static final long PAST_THE_LEASE_MILLIS = 12_000;

  /** What befalls a node. */
  private enum Fault {
    KILL_AMID_A_CHANGE,
    STAND_STILL,
    LOSE_THE_DATABASE,
    KILL_ANYWHERE,
    LOSE_CONNECTIONS
  }

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Alerts alerts = new Alerts();
  private int kills;
  private int holds;
  private int losses;

  @Test
  void nodesThatFailInTurn_loseNothingAndRepeatNothing() throws Exception {
    try (PostgresServer postgres = new PostgresServer(folder);
        TcpProxy wire = new TcpProxy(postgres.port());
        StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).postgresql(postgres.url());
      Site beyond = new Site(folder, stub.port()).postgresql(PostgresServer.url(wire.port()));
      try (ServiceProcess one = site.node("one");
          ServiceProcess two = beyond.node("two")) {
        Path skew = Files.writeString(folder.resolve("skew"), "" + SKEW_SECONDS);
        two.with(SkewedMain.class, "-D" + SkewedMain.FILE + "=" + skew);
        one.start();
        two.start();
        try (Alerts.Load load = alerts.load(2, List.of(one, two))) {
          for (int round = 0; round < ROUNDS; round++) {
            Fault fault = Fault.values()[round % Fault.values().length];
            befall(fault, round % 2 == 0 ? two : one, two, wire, stub);
          }
          assertThat(load).isNotNull();
        }
        stub.disarm();
        Judge.Verdict verdict = new Judge(site, stub, alerts).judge(one);
        System.out.printf(
            "two nodes, clocks %d s apart: %d kills, %d held past the lease, %d lost their"
                + " database, %d cut, %s (seed %d)%n",
            SKEW_SECONDS, kills, holds, losses, wire.cuts(), verdict, SEED);
        Judge.journalIsWhole(one);
      }
    }
  }

  private void befall(
      Fault fault, ServiceProcess node, ServiceProcess behindWire, TcpProxy wire, StubTarget stub)
      throws Exception {
    Await.pause(500 + random.nextInt(1_000));
    switch (fault) {
      case KILL_AMID_A_CHANGE -> killedAmidAChange(node, stub);
      case KILL_ANYWHERE -> killed(node);
      case STAND_STILL -> {
        holds++;
        node.hold();
        Await.pause(PAST_THE_LEASE_MILLIS);
        node.release();
      }
      case LOSE_THE_DATABASE -> {
        losses++;
        wire.weather(Weather.HOLD);
        Await.pause(PAST_THE_LEASE_MILLIS);
        wire.weather(Weather.PASS);
      }
      case LOSE_CONNECTIONS -> {
        for (int i = 0; i < 5; i++) {
          wire.cut();
          Await.pause(random.nextInt(300));
        }
      }
    }
    ServiceProcess hit = fault == Fault.LOSE_THE_DATABASE ? behindWire : node;
    Await.until("the node serves again", hit::serves);
  }

  private void killedAmidAChange(ServiceProcess node, StubTarget stub) throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    Runnable kill =
        () -> {
          node.kill();
          dead.countDown();
        };
    stub.arm(Moment.BEFORE_ANSWER, random.nextInt(4), kill);
    assertThat(dead.await(30, TimeUnit.SECONDS)).isTrue();
    kills++;
    node.start();
  }

  private void killed(ServiceProcess node) throws Exception {
    kills++;
    node.kill();
    node.start();
  }
}
