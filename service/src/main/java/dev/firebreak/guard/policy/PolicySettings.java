package dev.firebreak.guard.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code policies} of the configuration.
 *
 * @param path the folder of the files; null for {@code policies}, which need not be there
 */
public record PolicySettings(@JsonProperty("path") @Nullable String path) {
  /** What holds when nothing is said. */
  public static final PolicySettings USUAL = new PolicySettings(null);
}
