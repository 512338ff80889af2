package dev.firebreak.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code escalations} of the configuration. Immutable.
 *
 * @param chains by the name runbooks use in {@code escalate: {to: …}}
 */
public record EscalationSettings(Map<String, Chain> chains) {
  /** No chains. */
  public static final EscalationSettings NONE = new EscalationSettings(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public EscalationSettings(Map<String, Chain> chains) {
    this.chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
  }

  /**
   * The same, with a usual {@code quiet} for chains that say none.
   *
   * @param usual null for never
   */
  public EscalationSettings quietAfter(@Nullable Duration usual) {
    if (usual == null) {
      return this;
    }
    Map<String, Chain> quiet = new LinkedHashMap<>();
    chains.forEach((name, chain) -> quiet.put(name, chain.quietAfter(usual)));
    return new EscalationSettings(quiet);
  }

  /** What is wrong with these chains, given who can be reached; empty if fine. */
  public List<String> problems(Reach reach) {
    List<String> problems = new ArrayList<>();
    chains.forEach(
        (name, chain) -> {
          for (int i = 0; i < chain.links().size(); i++) {
            String place = "escalations.%s.links[%d].notify: ".formatted(name, i);
            chain.links().get(i).called().stream()
                .flatMap(called -> reach.fault(called).stream())
                .forEach(fault -> problems.add(place + fault));
          }
        });
    return List.copyOf(problems);
  }
}
