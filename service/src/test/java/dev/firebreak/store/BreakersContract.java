package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.Breakers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Breakers} must do. */
abstract class BreakersContract extends Contract {
  abstract Breakers breakers();

  private static Breaker breaker(String subject) {
    return new Breaker(
        "brk_" + UUID.randomUUID(),
        Breaker.Kind.TARGET,
        "restart",
        subject,
        "team-cache",
        "3 of its fixes in a row were not proven",
        "inc_1",
        NOON,
        NOON.plus(Duration.ofHours(1)),
        null,
        null);
  }

  private static String subject() {
    return "redis/" + UUID.randomUUID();
  }

  private List<Breaker> open() {
    return commit(tx -> breakers().open(tx));
  }

  @Test
  void open_isOneForEachKey() {
    String subject = subject();
    Breaker first = breaker(subject);
    assertThat(says(tx -> breakers().add(tx, first))).isTrue();
    assertThat(says(tx -> breakers().add(tx, breaker(subject)))).isFalse();
    assertThat(open()).contains(first);
    assertThat(list(tx -> breakers().open(tx))).contains(first);
  }

  @Test
  void closed_isClosedOnce_andMayOpenAgain() {
    String subject = subject();
    Breaker first = breaker(subject);
    write(tx -> breakers().add(tx, first));
    Breaker.End end = new Breaker.End("person:ana", NOON, "the disk was swapped");
    assertThat(says(tx -> breakers().close(tx, first.id(), end))).isTrue();
    assertThat(says(tx -> breakers().close(tx, first.id(), end))).isFalse();
    assertThat(open()).doesNotContain(first);
    assertThat(find(tx -> breakers().find(tx, first.id())).orElseThrow().end()).isEqualTo(end);
    assertThat(list(tx -> breakers().history(tx, 99))).extracting(Breaker::id).contains(first.id());
    assertThat(says(tx -> breakers().add(tx, breaker(subject)))).isTrue();
  }

  @Test
  void trial_isKept_andTakenBack() {
    Breaker made = breaker(subject());
    write(tx -> breakers().add(tx, made));
    Breaker.Trial trial = new Breaker.Trial("run_1", made.subject(), NOON);
    write(tx -> breakers().tries(tx, made.id(), trial, NOON));
    assertThat(find(tx -> breakers().find(tx, made.id())).orElseThrow())
        .satisfies(
            now -> {
              assertThat(now.trial()).isEqualTo(trial);
              assertThat(now.retryAt()).isEqualTo(NOON);
            });
    write(tx -> breakers().tries(tx, made.id(), null, NOON));
    assertThat(find(tx -> breakers().find(tx, made.id())).orElseThrow().trial()).isNull();
  }

  @Test
  void rolledBack_isNotOpen() {
    Breaker made = breaker(subject());
    assertThat(
            database()
                .ledger()
                .commit(
                    tx -> {
                      boolean unused = breakers().add(tx, made);
                      assertThat(breakers().open(tx)).contains(made);
                      throw new IllegalStateException("no");
                    }))
        .failsWithin(Duration.ofSeconds(10));
    assertThat(open()).doesNotContain(made);
  }

  @Test
  void failures_countSinceAMoment_untilOneHelped() {
    String subject = subject();
    write(tx -> breakers().failed(tx, "restart", List.of(subject, ""), "inc_1", NOON));
    write(tx -> breakers().failed(tx, "restart", List.of(subject), "inc_1", NOON.plusSeconds(60)));
    assertThat(failures("restart", subject, 1)).isEqualTo(2);
    assertThat(failures("restart", subject, 0)).isEqualTo(1);
    assertThat(failures("other", subject, 1)).isZero();
    write(tx -> breakers().helped(tx, "restart", List.of(subject)));
    assertThat(failures("restart", subject, 1)).isZero();
    assertThat(failures("restart", "", 1)).isPositive();
  }

  @Test
  void membersThatAlarm_areCountedOnce_whileTheyDidLately() {
    String group = "g" + UUID.randomUUID();
    assertThat(alarmed(group, "a", 0)).isEqualTo(1);
    assertThat(alarmed(group, "a", 10)).isEqualTo(1);
    assertThat(alarmed(group, "b", 20)).isEqualTo(2);
    assertThat(alarmed(group, "c", 65)).isEqualTo(3);
    assertThat(alarmed(group, "c", 75)).as("a is too long ago").isEqualTo(2);
    write(tx -> breakers().calm(tx, group));
    assertThat(alarmed(group, "d", 76)).isEqualTo(1);
  }

  private int alarmed(String group, String member, int second) {
    Instant at = NOON.plusSeconds(second);
    return commit(tx -> breakers().alarmed(tx, group, member, at.minusSeconds(60), at));
  }

  private int failures(String runbook, String subject, int secondsBefore) {
    return read(tx -> breakers().failures(tx, runbook, subject, NOON.minusSeconds(secondsBefore)));
  }
}
