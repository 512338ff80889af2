package dev.firebreak.guard.breaker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code breakers} of the configuration: how many fixes in a row that did not help are
 * enough.
 *
 * @param target of one runbook for one target
 * @param runbook of one runbook for whatever target
 */
public record BreakerSettings(Rule target, Rule runbook) {
  /** What holds when nothing is said. */
  public static final BreakerSettings USUAL =
      new BreakerSettings(
          new Rule(3, Duration.ofDays(1), Duration.ofHours(1)),
          new Rule(5, Duration.ofDays(1), Duration.ofHours(1)));

  /** No breaker ever opens by itself. */
  public static final BreakerSettings NEVER =
      new BreakerSettings(
          new Rule(0, Duration.ofDays(1), Duration.ofHours(1)),
          new Rule(0, Duration.ofDays(1), Duration.ofHours(1)));

  /**
   * When a breaker opens.
   *
   * @param failures so many fixes in a row that were not proven open it; 0 for never
   * @param within how far back they count
   * @param rest how long nothing is tried after that
   */
  public record Rule(int failures, Duration within, Duration rest) {
    public Rule {
      if (failures < 0) {
        throw new IllegalArgumentException(
            "breakers: failures must be at least 1, or 0 for never, not " + failures);
      }
      if (!within.isPositive() || !rest.isPositive()) {
        throw new IllegalArgumentException("breakers: within and rest must be longer than 0s");
      }
    }

    boolean never() {
      return failures == 0;
    }
  }

  @JsonCreator
  static BreakerSettings of(
      @JsonProperty("target") @Nullable Written target,
      @JsonProperty("runbook") @Nullable Written runbook) {
    return new BreakerSettings(
        target == null ? USUAL.target : target.over(USUAL.target),
        runbook == null ? USUAL.runbook : runbook.over(USUAL.runbook));
  }

  /** A rule as the file has it; what is not said is as usual. */
  record Written(
      @JsonProperty("failures") @Nullable Integer failures,
      @JsonProperty("within") @Nullable String within,
      @JsonProperty("rest") @Nullable String rest) {
    Rule over(Rule usual) {
      return new Rule(
          failures == null ? usual.failures : failures,
          within == null ? usual.within : Durations.parse(within),
          rest == null ? usual.rest : Durations.parse(rest));
    }
  }

  boolean never() {
    return target.never() && runbook.never();
  }
}
