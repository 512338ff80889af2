package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.firebreak.fixtures.Written;
import dev.firebreak.runbook.Foreach;
import dev.firebreak.runbook.OnFailure;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RungStep;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Undo;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A list of many items costs as much for each item as a list of few. */
class FanoutGrowthTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What it took to go over a list, and to take it back again. */
  private record Cost(int events, long steps, int most, long bytes) {}

  private static Runbook book(int items) {
    Foreach each =
        new Foreach(
            RandomBooks.list(items),
            "item",
            8,
            List.of(new Foreach.Wave(1, false), new Foreach.Wave(25, true)),
            1,
            false);
    Step step =
        new Step(
            "each", "each", call("fix"), null, List.of(), Retry.NONE, Duration.ofSeconds(10), null);
    Undo undo = new Undo(call("undo"), Retry.NONE, Duration.ofSeconds(10), false);
    RungStep part =
        new RungStep(step, true, List.of(), new OnFailure.Stop(), false, null, undo, each);
    return Written.runbook(List.of(), List.of(Written.rung("all", part)), null, List.of());
  }

  /** All items are done, the rung is not proven, and all of them are taken back. */
  private static Cost cost(int items) {
    long[] steps = new long[1];
    int[] most = new int[1];
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Play play =
        new Play(
            book(items),
            new Random(items),
            Play.Chances.UNPROVEN,
            (was, event, run, commands) -> {
              steps[0] += run.steps().size();
              most[0] = Math.max(most[0], run.steps().size());
            });
    int events = play.toTheEnd();
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    Map<String, Object> output = play.run.step("all/each").output();
    assertThat(output).containsEntry("ok", (long) items).containsEntry("skipped", 0L);
    assertThat(play.run.step("all").ended(StepState.End.SUCCEEDED)).isTrue();
    assertThat(play.run.status()).isEqualTo(RunStatus.FAILED);
    return new Cost(events, steps[0], most[0], bytes);
  }

  @Test
  void tenThousandItems_costTenTimesAThousand() {
    Cost warm = cost(500);
    assertThat(warm.events()).isPositive();
    Cost few = cost(1_000);
    Cost many = cost(10_000);
    assertThat(many.most()).as("steps held at once").isLessThanOrEqualTo(few.most() + 8);
    assertThat(many.events() / 10.0).isCloseTo(few.events(), within(few.events() * 0.1));
    assertThat(many.steps() / 10.0).isCloseTo(few.steps(), within(few.steps() * 0.1));
    assertThat(many.bytes() / 10.0).isCloseTo(few.bytes(), within(few.bytes() * 0.25));
  }
}
