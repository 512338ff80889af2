package dev.firebreak.guard.recurrence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code flapping} of the configuration: when an alert comes and goes too often.
 *
 * @param times so many firings of one alert are too many; 0 for never
 * @param within how far back they count
 */
public record FlappingSettings(int times, Duration within) {
  private static final Duration MOST = Duration.ofDays(7);

  /** What holds when nothing is said. */
  public static final FlappingSettings USUAL = new FlappingSettings(5, Duration.ofHours(1));

  public FlappingSettings {
    if (times != 0 && times < 2) {
      throw new IllegalArgumentException("flapping.times: must be at least 2, or 0 for never");
    }
    if (!within.isPositive() || within.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("flapping.within: must be longer than 0s, at most 7d");
    }
  }

  @JsonCreator
  static FlappingSettings of(
      @JsonProperty("times") @Nullable Integer times,
      @JsonProperty("within") @Nullable String within) {
    return new FlappingSettings(
        times == null ? USUAL.times : times,
        within == null ? USUAL.within : Durations.parse(within));
  }
}
