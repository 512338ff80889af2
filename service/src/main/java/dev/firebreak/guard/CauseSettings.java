package dev.firebreak.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code causes} of the configuration.
 *
 * @param depth how many changes of our own may have led to an alert that is still answered with a
 *     change; 0 for none
 */
public record CauseSettings(int depth) {
  /** What holds when nothing is said. */
  public static final CauseSettings USUAL = new CauseSettings(2);

  public CauseSettings {
    if (depth < 0 || depth > 100) {
      throw new IllegalArgumentException("causes.depth: must be from 0 to 100");
    }
  }

  @JsonCreator
  static CauseSettings of(@JsonProperty("depth") @Nullable Integer depth) {
    return depth == null ? USUAL : new CauseSettings(depth);
  }
}
