package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.gate.Review;
import dev.firebreak.gate.Reviews;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Reviews} must do. */
abstract class ReviewsContract extends Contract {
  private final String run = Samples.id("run");

  abstract Reviews reviews();

  private static Review review(String id, String run, Review.@Nullable End end) {
    return new Review(
        id, "gate_1", "inc_1", run, "restart", "lead", "nobody is there", NOON, NOON, end);
  }

  @Test
  void review_isOpenUntilItIsClosed_once() {
    String id = Samples.id("rev");
    Review open = review(id, run, null);
    write(tx -> reviews().add(tx, open));
    assertThat(find(tx -> reviews().find(tx, id))).contains(open);
    assertThat(list(tx -> reviews().open(tx, 1_000))).contains(open);
    assertThat(list(tx -> reviews().ofRun(tx, run))).containsExactly(open);
    Review.End end = new Review.End("ana", NOON.plusSeconds(60), "it was right");
    assertThat(says(tx -> reviews().close(tx, id, end))).isTrue();
    assertThat(says(tx -> reviews().close(tx, id, end))).isFalse();
    assertThat(list(tx -> reviews().open(tx, 1_000))).extracting(Review::id).doesNotContain(id);
    assertThat(list(tx -> reviews().newest(tx, 1))).isEqualTo(List.of(review(id, run, end)));
  }

  @Test
  void askedAgain_isRemembered() {
    String id = Samples.id("rev");
    write(tx -> reviews().add(tx, review(id, run, null)));
    write(tx -> reviews().asked(tx, id, NOON.plusSeconds(86_400)));
    assertThat(find(tx -> reviews().find(tx, id)).orElseThrow().askedAt())
        .isEqualTo(NOON.plusSeconds(86_400));
  }
}
