package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.Counted;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Intents} must do. */
abstract class IntentsContract extends Contract {
  private final String runbook = Samples.id("book");
  private final String run = Samples.id("run");

  private Intents intents() {
    return database().intents();
  }

  private Intent added(String step, Instant at, String... targets) {
    return added(run, step, at, targets);
  }

  private Intent added(String runId, String step, Instant at, String... targets) {
    Intent intent =
        new Intent(
            Samples.id("int"),
            runId,
            step,
            1,
            runbook,
            "command",
            List.of(targets),
            "cafe",
            "gate_1",
            at,
            null,
            null);
    write(tx -> intents().add(tx, intent));
    return intent;
  }

  private int count(Function<Tx, Integer> query) {
    int read = read(query);
    int written = commit(query);
    assertThat(written).isEqualTo(read);
    return read;
  }

  @Nested
  class Life {
    @Test
    void intent_comesBackExactlyAndEnds() {
      Intent intent = added("restart", NOON, "redis/b", "redis/a", "x".repeat(3_000));
      assertThat(find(tx -> intents().find(tx, intent.id()))).contains(intent);
      write(tx -> intents().end(tx, intent.id(), "succeeded", NOON.plusSeconds(1)));
      assertThat(find(tx -> intents().find(tx, intent.id())))
          .hasValueSatisfying(
              it -> {
                assertThat(it.outcome()).isEqualTo("succeeded");
                assertThat(it.outcomeAt()).isEqualTo(NOON.plusSeconds(1));
              });
    }

    @Test
    void intentThatIsNotThere_cannotEnd() {
      assertThatThrownBy(() -> write(tx -> intents().end(tx, "int_none", "failed", NOON)))
          .hasMessageContaining("int_none");
    }

    @Test
    void ofRun_isOldestFirst() {
      Intent one = added("restart", NOON.plusSeconds(5), "a");
      Intent two = added("restart.undo", NOON, "a");
      assertThat(list(tx -> intents().ofRun(tx, run))).containsExactly(one, two);
      assertThat(list(tx -> intents().ofStep(tx, run, "restart"))).containsExactly(one);
    }
  }

  @Nested
  class Counts {
    @Test
    void target_isTheSameHoweverItsLettersAreWritten() {
      added("restart", NOON, "redis/A", "REDIS/a");
      added("restart", NOON, "Redis/a");
      Counted fix = new Counted.Fix(runbook, "restart", "redis/a");
      Counted shouted = new Counted.Fix(runbook, "restart", "REDIS/A");
      assertThat(count(tx -> intents().count(tx, fix, NOON.minusSeconds(1)))).isEqualTo(2);
      assertThat(count(tx -> intents().count(tx, shouted, NOON.minusSeconds(1)))).isEqualTo(2);
    }

    @Test
    void target_isCountedForThisRungOfThisRunbookAfterThatTime() {
      added("restart", NOON, "redis/a", "redis/b");
      added("restart", NOON.plusSeconds(10), "redis/a");
      added("flush", NOON.plusSeconds(10), "redis/a");
      Instant before = NOON.minusNanos(1_000);
      assertThat(target("restart", "redis/a", before)).isEqualTo(2);
      assertThat(target("restart", "redis/b", before)).isEqualTo(1);
      assertThat(target("restart", "redis/a", NOON)).isEqualTo(1);
      assertThat(target("restart", "redis/", before)).isZero();
    }

    @Test
    void itemsOfAStep_areCountedTogether() {
      added("move/copy[0]", NOON, "redis/a");
      added("move/copy[7]", NOON, "redis/a");
      added("move/copy[7].undo", NOON, "redis/a");
      Instant before = NOON.minusNanos(1_000);
      assertThat(target("move/copy", "redis/a", before)).isEqualTo(2);
    }

    private int target(String step, String target, Instant since) {
      return count(tx -> intents().count(tx, new Counted.Fix(runbook, step, target), since));
    }

    @Test
    void runbookAndAll_areCountedByIntentNotByTarget() {
      int all = count(tx -> intents().countAll(tx, NOON.minusSeconds(1)));
      added("restart", NOON, "redis/a", "redis/b");
      assertThat(count(tx -> intents().count(tx, new Counted.Book(runbook), NOON.minusSeconds(1))))
          .isEqualTo(1);
      assertThat(count(tx -> intents().count(tx, new Counted.Book(runbook), NOON))).isZero();
      assertThat(count(tx -> intents().countAll(tx, NOON.minusSeconds(1)))).isEqualTo(all + 1);
    }

    @Test
    void limit_isReachedExactlyByItsNumber_alsoWhenTheWindowMovesOn() {
      Instant since = NOON.minusSeconds(1);
      assertThat(reached(since, 3)).isFalse();
      added("restart", NOON, "redis/a");
      added("restart", NOON.plusSeconds(60), "redis/b");
      assertThat(reached(since, 3)).isFalse();
      added("restart", NOON.plusSeconds(120), "redis/c");
      assertThat(reached(since, 3)).isTrue();
      assertThat(reached(NOON, 3)).as("the first one is too old by now").isFalse();
      added("restart", NOON.plusSeconds(180), "redis/d");
      assertThat(reached(NOON, 3)).isTrue();
      assertThat(reached(NOON.plusSeconds(60), 3)).isFalse();
      assertThat(reached(since, 4)).as("the clock was set back").isTrue();
    }

    private boolean reached(Instant since, int max) {
      return commit(tx -> intents().reached(tx, new Counted.Book(runbook), since, max));
    }

    @Test
    void targetServiceAndTeam_areCountedOverAllRunbooks_andTheNthNewestIsKnown() {
      String team = Samples.id("team");
      String service = Samples.id("service");
      String target = Samples.id("redis/") + "x".repeat(3_000);
      for (int i = 0; i < 4; i++) {
        int nth = i;
        Instant at = NOON.plusSeconds(60L * i);
        Intent intent = sample(Samples.id("book"), at, target);
        write(
            tx ->
                intents().add(tx, intent, new ChangeMarks(team, service, "", nth == 0 ? "" : "x")));
      }
      for (Counted what :
          List.of(
              new Counted.Target(target), new Counted.Service(service), new Counted.Team(team))) {
        assertThat(count(tx -> intents().count(tx, what, NOON.minusSeconds(1)))).isEqualTo(4);
        assertThat(count(tx -> intents().count(tx, what, NOON))).isEqualTo(3);
        assertThat(says(tx -> intents().reached(tx, what, NOON, 3))).isTrue();
        assertThat(says(tx -> intents().reached(tx, what, NOON, 4))).isFalse();
        assertThat(find(tx -> intents().newest(tx, what, NOON.minusSeconds(1), 4))).contains(NOON);
        assertThat(find(tx -> intents().newest(tx, what, NOON, 1))).contains(NOON.plusSeconds(180));
        assertThat(find(tx -> intents().newest(tx, what, NOON, 4))).isEmpty();
      }
      Set<Counted> seen = read(tx -> intents().seen(tx, NOON.minusSeconds(1), 1_000_000));
      assertThat(seen).contains(new Counted.Service(service), new Counted.Team(team));
    }

    @Test
    void nthNewest_ofAFixARunbookAndAll() {
      added("restart", NOON, "redis/a");
      added("restart", NOON.plusSeconds(60), "redis/a");
      Counted fix = new Counted.Fix(runbook, "restart", "redis/a");
      for (Counted what : List.of(fix, new Counted.Book(runbook))) {
        assertThat(find(tx -> intents().newest(tx, what, NOON.minusSeconds(1), 2))).contains(NOON);
        assertThat(find(tx -> intents().newest(tx, what, NOON, 2))).isEmpty();
      }
      assertThat(find(tx -> intents().newest(tx, new Counted.All(), NOON.minusSeconds(1), 1)))
          .isPresent();
    }

    private Intent sample(String book, Instant at, String target) {
      return new Intent(
          Samples.id("int"),
          run,
          "restart",
          1,
          book,
          "command",
          List.of(target),
          "cafe",
          null,
          at,
          null,
          null);
    }

    @Test
    void limitOfAll_isReachedExactlyByItsNumber() {
      Instant since = NOON.minusSeconds(1);
      int before = count(tx -> intents().countAll(tx, since));
      assertThat(says(tx -> intents().reachedByAll(tx, since, before + 1))).isFalse();
      added("restart", NOON, "redis/a");
      assertThat(says(tx -> intents().reachedByAll(tx, since, before + 1))).isTrue();
      assertThat(says(tx -> intents().reachedByAll(tx, since, before + 2))).isFalse();
    }

    @Test
    void intentInTheSameTransaction_isCounted() {
      int counted =
          commit(
              tx -> {
                Intent intent =
                    new Intent(
                        Samples.id("int"),
                        run,
                        "restart",
                        1,
                        runbook,
                        "http",
                        List.of("redis/a"),
                        "p",
                        null,
                        NOON,
                        null,
                        null);
                intents().add(tx, intent);
                return intents()
                    .count(
                        tx, new Counted.Fix(runbook, "restart", "redis/a"), NOON.minusSeconds(1));
              });
      assertThat(counted).isEqualTo(1);
    }

    @Test
    void intentThatWasRolledBack_isNotCounted() {
      assertThatThrownBy(
              () ->
                  write(
                      tx -> {
                        intents()
                            .add(
                                tx,
                                new Intent(
                                    Samples.id("int"),
                                    run,
                                    "restart",
                                    1,
                                    runbook,
                                    "http",
                                    List.of("redis/a"),
                                    "p",
                                    null,
                                    NOON,
                                    null,
                                    null));
                        throw new IllegalArgumentException("no");
                      }))
          .isNotNull();
      assertThat(count(tx -> intents().count(tx, new Counted.Book(runbook), NOON.minusSeconds(1))))
          .isZero();
    }
  }

  @Nested
  class Last {
    @Test
    void last_isOfAnotherRunAndTheNewest() {
      added(Samples.id("run"), "restart", NOON, "redis/a");
      added(Samples.id("run"), "restart", NOON.plusSeconds(5), "redis/a");
      added("restart", NOON.plusSeconds(9), "redis/a");
      assertThat(find(tx -> intents().last(tx, runbook, "restart", "redis/a", run)))
          .contains(NOON.plusSeconds(5));
      assertThat(find(tx -> intents().last(tx, runbook, "restart", "redis/c", run))).isEmpty();
    }
  }
}
