package dev.firebreak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who begins when. */
class StartLineTest {
  private static final int PLACES = 2;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final Looks looks = new Looks();
  private final Rush rush = new Rush();
  private final StartLine line = new StartLine(PLACES, rush, looks, clock);
  private final List<String> begun = new ArrayList<>();

  /** Alarms that ring when the test says so. */
  private static final class Looks extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> asked = new ArrayDeque<>();

    Looks() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      asked.add(task);
      return super.schedule(() -> {}, 0, unit);
    }
  }

  @AfterEach
  void stop() {
    looks.shutdownNow();
  }

  private void enter(String... runs) {
    for (String run : runs) {
      line.enter(run, () -> begun.add(run));
    }
  }

  private void rush(boolean on) {
    IntStream.range(0, 200)
        .forEach(
            i -> {
              if (on) {
                rush.entered();
              } else {
                rush.left();
              }
            });
  }

  private void look(Duration later) {
    clock.advance(later);
    looks.asked.remove().run();
  }

  @Test
  void places_areTaken_theNextBeginsWhenOneHasEnded_inTheOrderTheyCame() {
    enter("a", "b", "c", "d");

    assertThat(begun).containsExactly("a", "b");
    line.left("b");
    assertThat(begun).containsExactly("a", "b", "c");
    line.left("a");
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aSecondReadOfARun_needsNoOtherPlace() {
    enter("a", "a", "b", "c", "b");

    assertThat(begun).containsExactly("a", "a", "b");
    line.left("a");
    assertThat(begun).containsExactly("a", "a", "b", "c", "b");
  }

  @Test
  void aRunThatTakesItsTime_doesNotKeepTheOthersOut() {
    enter("slow", "hangs", "c");

    look(Duration.ofMillis(100));
    assertThat(begun).containsExactly("slow", "hangs");
    look(Duration.ofSeconds(3));
    assertThat(begun).containsExactly("slow", "hangs", "c");
  }

  @Test
  void aRush_newRunsStandBack_andBeginWhenItIsOver() {
    rush(true);
    enter("a");

    look(Duration.ofMillis(100));
    assertThat(begun).isEmpty();
    rush(false);
    look(Duration.ofMillis(100));
    assertThat(begun).containsExactly("a");
  }

  @Test
  void aRushThatDoesNotEnd_newRunsBeginAllTheSame() {
    rush(true);
    enter("a");

    look(Duration.ofSeconds(4));

    assertThat(begun).containsExactly("a");
  }

  @Test
  void aRunThatIsGivenUpInTheLine_findsThatOutAtOnce() {
    enter("a", "b", "c", "d");

    line.hurry("d");

    assertThat(begun).containsExactly("a", "b", "d");
    assertThat(line.waiting()).isEqualTo(1);
  }

  @Test
  void thisProcessStops_nobodyWaitsAnyMore() {
    looks.shutdownNow();

    enter("a", "b", "c");

    assertThat(begun).containsExactly("a", "b", "c");
  }
}
