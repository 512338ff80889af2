package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.Promotions;
import dev.firebreak.guard.promotion.Rehearsed;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Promotions} must do. */
abstract class PromotionsContract extends Contract {
  private final String version = UUID.randomUUID().toString();
  private final String book = "book-" + version;

  abstract Promotions promotions();

  private Promotion says(boolean promoted, String reason, int second) {
    Promotion said =
        new Promotion(version, book, promoted, "person:ana", NOON.plusSeconds(second), reason);
    write(tx -> promotions().add(tx, said));
    return said;
  }

  private Rehearsed rehearsed(String run, String step, int second) {
    Rehearsed change =
        new Rehearsed(
            run + version, step, "inc_1", version, "it would have", NOON.plusSeconds(second));
    write(tx -> promotions().rehearsed(tx, change));
    return change;
  }

  @Test
  void lastWord_counts_andEarlierOnesStay() {
    assertThat(find(tx -> promotions().last(tx, version))).isEmpty();
    Promotion yes = says(true, "it rehearsed well", 0);
    assertThat(find(tx -> promotions().last(tx, version))).contains(yes);
    Promotion no = says(false, "it does not", 0);
    assertThat(find(tx -> promotions().last(tx, version))).contains(no);
    Promotion again = says(true, "it does", 1);
    assertThat(find(tx -> promotions().last(tx, version))).contains(again);
    assertThat(list(tx -> promotions().history(tx, book, 9))).containsExactly(again, no, yes);
    assertThat(list(tx -> promotions().history(tx, book, 1))).containsExactly(again);
    assertThat(list(promotions()::standing)).contains(again).doesNotContain(yes, no);
  }

  @Test
  void wordOnOneVersion_isNoneOnAnother() {
    Object unused = says(true, "fine", 0);
    assertThat(find(tx -> promotions().last(tx, version + "x"))).isEmpty();
  }

  @Test
  void rehearsals_areKeptOnce_andCountedByRuns() {
    assertThat(find(tx -> promotions().tally(tx, version))).isEmpty();
    Rehearsed first = rehearsed("run_1", "fix", 0);
    Rehearsed second = rehearsed("run_1", "fail-over", 1);
    Rehearsed third = rehearsed("run_2", "fix", 2);
    Object unused = rehearsed("run_2", "fix", 3);
    assertThat(list(tx -> promotions().rehearsals(tx, version, 9)))
        .containsExactly(third, second, first);
    assertThat(list(tx -> promotions().rehearsals(tx, version, 2))).containsExactly(third, second);
    assertThat(find(tx -> promotions().tally(tx, version))).contains(new Rehearsed.Tally(2, NOON));
  }
}
