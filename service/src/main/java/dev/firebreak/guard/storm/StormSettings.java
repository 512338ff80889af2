package dev.firebreak.guard.storm;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import dev.firebreak.guard.GuardSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code storm} of the configuration: where the usual rate of changes ends.
 *
 * @param changes so many changes of all runbooks within the window are a storm; null for half of
 *     what {@code limits.global} allows
 * @param window how far back they count; null for a sixth of the time of {@code limits.global}
 * @param factor but only if that is so many times what was usual over the last day
 * @param ends when automation is on again by itself; null for never
 * @param tell the channels that hear of its begin and its end, tried in this order; empty for those
 *     that hear of alarms
 */
public record StormSettings(
    @Nullable Integer changes,
    @Nullable Duration window,
    int factor,
    @Nullable Duration ends,
    List<String> tell) {
  /** What holds when nothing is said. */
  public static final StormSettings USUAL = new StormSettings(null, null, 4, null, List.of());

  private static final int PART_OF_LIMIT = 2;
  private static final int PART_OF_TIME = 6;
  private static final int FEWEST = 3;

  public StormSettings {
    tell = List.copyOf(tell);
    if (changes != null && changes < 1) {
      throw new IllegalArgumentException("storm.changes: must be at least 1");
    }
    if (factor < 1) {
      throw new IllegalArgumentException("storm.factor: must be at least 1");
    }
    if ((window != null && window.isZero()) || (ends != null && ends.isZero())) {
      throw new IllegalArgumentException("storm: window and ends must be longer than 0s");
    }
    if (window != null && window.compareTo(Duration.ofHours(12)) > 0) {
      throw new IllegalArgumentException("storm.window: must be at most 12h");
    }
  }

  @JsonCreator
  static StormSettings of(
      @JsonProperty("changes") @Nullable Integer changes,
      @JsonProperty("window") @Nullable String window,
      @JsonProperty("factor") @Nullable Integer factor,
      @JsonProperty("ends") @Nullable String ends,
      @JsonProperty("tell") @Nullable List<String> tell) {
    return new StormSettings(
        changes,
        window == null ? null : Durations.parse(window),
        factor == null ? USUAL.factor : factor,
        ends == null ? null : Durations.parse(ends),
        tell == null ? List.of() : tell);
  }

  /** How many changes within how long are a storm, given the limit of all runbooks together. */
  GuardSettings.Window band(GuardSettings.Window global) {
    return new GuardSettings.Window(
        Objects.requireNonNullElse(changes, Math.max(FEWEST, global.max() / PART_OF_LIMIT)),
        Objects.requireNonNullElse(window, global.per().dividedBy(PART_OF_TIME)));
  }
}
