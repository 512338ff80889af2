package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Gates;
import dev.firebreak.gate.Terms;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Gates} must do. */
abstract class GatesContract extends Contract {
  private final String incident = Samples.id("inc");

  private Gates gates() {
    return database().gates();
  }

  private Gate added() {
    Gate gate = gate(Samples.id("gate"), 0, Gate.Status.OPEN);
    write(tx -> gates().add(tx, gate));
    return gate;
  }

  private Gate gate(String id, int walk, Gate.Status status) {
    boolean open = status == Gate.Status.OPEN;
    return new Gate(
        id,
        incident,
        "run_1",
        "restart",
        "Restart redis on cache-1?",
        "the limit is reached",
        Map.of("run", List.of("systemctl", "restart", "redis")),
        "cafe",
        List.of(List.of("team-cache", "ana"), List.of("lead")),
        walk,
        2,
        900_000,
        NOON,
        NOON.plusSeconds(900 + walk),
        status,
        open ? null : NOON,
        open ? null : "nobody answered",
        List.of(),
        new Terms(List.of("halt", "approval"), Map.of("ana", "started it"), NOON.plusSeconds(60)));
  }

  private Gate stored(String id) {
    return find(tx -> gates().find(tx, id)).orElseThrow();
  }

  @Nested
  class Save {
    @Test
    void gate_comesBackExactly() {
      Gate gate = added();
      assertThat(stored(gate.id())).isEqualTo(gate);
      Gate walked = gate(gate.id(), 1, Gate.Status.OPEN);
      assertThat(says(tx -> gates().save(tx, walked))).isTrue();
      assertThat(stored(gate.id())).isEqualTo(walked);
    }

    @Test
    void gateThatHasEnded_isNeverWrittenAgain() {
      for (Gate.Status end : Gate.Status.values()) {
        if (end != Gate.Status.OPEN) {
          Gate gate = added();
          Gate over = gate(gate.id(), 0, end);
          assertThat(says(tx -> gates().save(tx, over))).isTrue();
          assertThat(says(tx -> gates().save(tx, gate))).isFalse();
          assertThat(stored(gate.id())).isEqualTo(over);
        }
      }
    }
  }

  @Nested
  class Votes {
    @Test
    void person_votesOnce() {
      Gate gate = added();
      Gate.Vote yes = new Gate.Vote("zoe", true, "go", NOON.plusSeconds(9));
      Gate.Vote no = new Gate.Vote("ana", false, "wait \0", NOON.plusSeconds(1));
      Gate.Vote twice = new Gate.Vote("zoe", false, "or not", NOON.plusSeconds(10));
      assertThat(says(tx -> gates().vote(tx, gate.id(), yes))).isTrue();
      assertThat(says(tx -> gates().vote(tx, gate.id(), no))).isTrue();
      assertThat(says(tx -> gates().vote(tx, gate.id(), twice))).isFalse();
      assertThat(stored(gate.id()).votes())
          .extracting(Gate.Vote::person)
          .containsExactly("zoe", "ana");
      assertThat(stored(gate.id()).voteOf("zoe")).contains(yes);
    }

    @Test
    void answers_areKeptWithTheVote() {
      Gate gate = added();
      Map<String, Object> answers =
          Map.of("size", 4, "how", "ein \u0161\u0165astn\u00fd \"text\"", "dry", true);
      Gate.Vote yes = new Gate.Vote("zoe", true, "go", NOON, answers);
      assertThat(says(tx -> gates().vote(tx, gate.id(), yes))).isTrue();
      assertThat(stored(gate.id()).voteOf("zoe")).contains(yes);
    }

    @Test
    void refusedVote_doesNotSpoilTheTransaction() {
      Gate gate = added();
      Gate.Vote yes = new Gate.Vote("zoe", true, "go", NOON);
      write(
          tx -> {
            assertThat(gates().vote(tx, gate.id(), yes)).isTrue();
            assertThat(gates().vote(tx, gate.id(), yes)).isFalse();
            assertThat(gates().save(tx, gate(gate.id(), 0, Gate.Status.APPROVED))).isTrue();
          });
      assertThat(stored(gate.id()).status()).isEqualTo(Gate.Status.APPROVED);
    }
  }

  @Nested
  class Lists {
    @Test
    void pages_areNewestFirstAndFiltered() {
      Gate one = added();
      Gate two = added();
      write(tx -> gates().save(tx, gate(one.id(), 0, Gate.Status.EXPIRED)));
      assertThat(ids(null, incident, null, 9)).containsExactly(two.id(), one.id());
      assertThat(ids(null, incident, two.id(), 9)).containsExactly(one.id());
      assertThat(ids(Gate.Status.OPEN, incident, null, 9)).containsExactly(two.id());
      assertThat(ids(Gate.Status.EXPIRED, null, null, 1)).containsExactly(one.id());
      assertThat(ids(null, null, null, 1)).containsExactly(two.id());
    }

    private List<String> ids(
        Gate.@Nullable Status status,
        @Nullable String incidentId,
        @Nullable String before,
        int limit) {
      return list(tx -> gates().list(tx, status, incidentId, before, limit)).stream()
          .map(Gate::id)
          .toList();
    }
  }
}
