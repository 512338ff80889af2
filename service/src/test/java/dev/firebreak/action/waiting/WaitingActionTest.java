package dev.firebreak.action.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Outcome;
import dev.firebreak.fixtures.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingActionTest {
  private final Bench bench = new Bench();

  @Test
  void wait_lastsAsLongAsItSays() {
    long start = System.nanoTime();
    assertThat(bench.read("wait", Map.of("for", "50ms"))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(49), Duration.ofSeconds(5));
  }

  @Test
  void cancelled_endsAtOnce() {
    Cancellation cancellation = new Cancellation();
    Thread.ofVirtual().start(cancellation::cancel);
    Outcome outcome =
        bench
            .action("wait")
            .run(Bench.invocation(Map.of("for", "1h"), false, Duration.ofHours(2), cancellation));
    assertThat(((Outcome.Failed) outcome).reason().code()).isEqualTo("cancelled");
    assertThat(((Outcome.Failed) outcome).retryable()).isFalse();
  }

  @Test
  void longerThanItsStep_orNoDuration_isRefused() {
    assertThatThrownBy(() -> bench.read("wait", Map.of("for", "1m")))
        .hasMessage(
            "parameter 'for' is 1m, longer than the step's timeout of 10s: give the step a longer"
                + " 'timeout'");
    assertThatThrownBy(() -> bench.read("wait", Map.of("for", "soon")))
        .hasMessageContaining("must be a duration");
    assertThatThrownBy(() -> bench.read("wait", Map.of())).hasMessageContaining("is empty");
  }
}
