package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.guard.GuardSettings;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code limits} of the configuration.
 *
 * @param runbook changes of any one runbook; 20 in 1h unless said
 * @param global changes of all runbooks together; 60 in 1h unless said
 */
public record LimitSettings(Window runbook, Window global) {
  @JsonCreator
  public LimitSettings(
      @JsonProperty("runbook") @Nullable Window runbook,
      @JsonProperty("global") @Nullable Window global) {
    this.runbook = runbook == null ? new Window(20, "1h") : runbook;
    this.global = global == null ? new Window(60, "1h") : global;
  }

  /**
   * A sliding window.
   *
   * @param max changes
   * @param per how far back they count
   */
  public record Window(@JsonProperty("max") int max, @JsonProperty("per") String per) {
    /** As the guards want it. */
    GuardSettings.Window window() {
      return GuardSettings.Window.of(max, per);
    }
  }
}
