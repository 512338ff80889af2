package dev.firebreak.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.util.component.LifeCycle;

/** Whether this node should be sent requests, and if not, why. Thread-safe. */
public final class Readiness implements LifeCycle.Listener {
  private final Map<String, Supplier<Optional<String>>> conditions;
  private volatile String phase = "it is starting";

  /**
   * @param conditions by name, each empty when it is met, else the sentence that says why not
   */
  public Readiness(Map<String, Supplier<Optional<String>>> conditions) {
    this.conditions = Map.copyOf(conditions);
  }

  /** Everything that speaks against it; empty when this node is ready. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (!phase.isEmpty()) {
      reasons.add(phase);
    }
    conditions.forEach((name, condition) -> reason(name, condition).ifPresent(reasons::add));
    return reasons.stream().sorted().toList();
  }

  private static Optional<String> reason(String name, Supplier<Optional<String>> condition) {
    try {
      return condition.get().map(text -> name + ": " + text);
    } catch (RuntimeException e) {
      return Optional.of(name + ": does not answer");
    }
  }

  @Override
  public void lifeCycleStarted(LifeCycle event) {
    phase = "";
  }

  @Override
  public void lifeCycleStopping(LifeCycle event) {
    phase = "it is shutting down";
  }
}
