package dev.firebreak.channel;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a notice asks its readers to decide.
 *
 * @param gate its id
 * @param plan the hash of the plan that is shown
 * @param form whether whoever says yes fills in a form: that takes the page
 */
public record Ask(String gate, String plan, boolean form) {
  /** What is decided with yes or no alone. */
  public Ask(String gate, String plan) {
    this(gate, plan, false);
  }

  /** As a message keeps it. */
  public Map<String, Object> asPayload() {
    return Map.of("gate", gate, "plan", plan, "form", form);
  }

  /** Out of a message; empty when it asks nothing. */
  public static Optional<Ask> ofPayload(@Nullable Object payload) {
    return payload instanceof Map<?, ?> map && map.get("gate") != null && map.get("plan") != null
        ? Optional.of(
            new Ask(
                String.valueOf(map.get("gate")),
                String.valueOf(map.get("plan")),
                Boolean.TRUE.equals(map.get("form"))))
        : Optional.empty();
  }
}
