package dev.firebreak.engine;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Permits: never more than there are, none lost, and who stands in line is called in order. */
class PermitsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Runbook BOOK =
      runbook(List.of(), List.of(rung("fix").build()), null, List.of());

  private final List<Permits.Turn> called = new ArrayList<>();
  private final Permits permits = new Permits(2, called::add);

  /** Begun so many seconds ago. */
  private static Run run(String id, int age) {
    return NewRun.of(id, "inc_1", BOOK, Map.of(), "system:test", NOW.minusSeconds(age));
  }

  private Permits.Permit taken(Run run, String step) {
    return permits.take("http", run, step).orElseThrow();
  }

  @Test
  void noneIsLeft_waitsAndIsCalledWhenOneComesBack() {
    Permits.Permit first = taken(run("a", 9), "fix");
    taken(run("b", 8), "fix");
    Run third = run("c", 7);

    assertThat(permits.take("http", third, "fix")).isEmpty();
    assertThat(permits.take("command", third, "fix")).as("another kind of action").isPresent();
    assertThat(called).isEmpty();

    first.giveBack();
    first.giveBack();
    assertThat(called).extracting(Permits.Turn::runId).containsExactly("c");
    assertThat(permits.take("http", run("d", 6), "fix"))
        .as("it is kept for who was called")
        .isEmpty();
    assertThat(permits.take("http", third, "fix")).isPresent();
    called.getFirst().over();
    assertThat(permits.inUse()).isEqualTo(3);
    assertThat(called).hasSize(1);
  }

  @Test
  void calledAndDoesNotTakeIt_nextOneIsCalled() {
    Permits.Permit first = taken(run("a", 9), "fix");
    taken(run("b", 8), "fix");
    assertThat(permits.take("http", run("c", 7), "fix")).isEmpty();
    assertThat(permits.take("http", run("d", 6), "fix")).isEmpty();

    first.giveBack();
    called.getFirst().over();
    assertThat(called).extracting(Permits.Turn::runId).containsExactly("c", "d");

    called.getLast().over();
    assertThat(permits.inUse()).isEqualTo(1);
  }

  @Test
  void olderRun_comesFirst_butNotWithAllItHas() {
    Run old = run("old", 100);
    Permits.Permit first = taken(old, "move[1]");
    Permits.Permit second = taken(old, "move[2]");
    assertThat(permits.take("http", old, "move[3]")).isEmpty();
    assertThat(permits.take("http", run("young", 1), "fix")).isEmpty();
    assertThat(permits.take("http", run("middle", 50), "fix")).isEmpty();

    first.giveBack();
    second.giveBack();

    assertThat(called).extracting(Permits.Turn::runId).containsExactly("middle", "old");
    assertThat(called).extracting(Permits.Turn::step).containsExactly("fix", "move[3]");
  }

  @Test
  void manyThreads_neverMoreThanThereAre_andAllComeBack() throws InterruptedException {
    Race race = new Race(3, 300);

    assertThat(race.done.await(60, TimeUnit.SECONDS)).isTrue();

    race.threads.shutdown();
    assertThat(race.threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(race.most.get()).isBetween(1, 3);
    assertThat(race.permits.inUse()).isZero();
  }

  /** Runs that each make one change; some do not come when they are called, and come later. */
  private static final class Race {
    final ExecutorService threads = Executors.newFixedThreadPool(8);
    final Permits permits;
    final CountDownLatch done;
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();

    Race(int each, int runs) {
      permits = new Permits(each, turn -> threads.execute(() -> called(turn)));
      done = new CountDownLatch(runs);
      for (int i = 0; i < runs; i++) {
        Run run = run("run-" + i, i % 7);
        threads.execute(() -> come(run));
      }
    }

    private void called(Permits.Turn turn) {
      Run run = run(turn.runId(), 0);
      if (ThreadLocalRandom.current().nextInt(3) == 0) {
        turn.over();
        threads.execute(() -> come(run));
      } else {
        come(run);
        turn.over();
      }
    }

    private void come(Run run) {
      Optional<Permits.Permit> permit = permits.take("http", run, "fix");
      permit.ifPresent(this::work);
    }

    private void work(Permits.Permit permit) {
      most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
      Thread.yield();
      atWork.decrementAndGet();
      done.countDown();
      permit.giveBack();
      permit.giveBack();
    }
  }
}
