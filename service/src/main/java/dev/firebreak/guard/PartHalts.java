package dev.firebreak.guard;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What is halted in part, as this process knows it without asking the database: what that said
 * last, and what was ordered here. Thread-safe.
 */
public final class PartHalts {
  private final Map<HaltScope, Automation> ordered = new ConcurrentHashMap<>();
  private volatile Map<HaltScope, Automation> known = Map.of();

  /** Halts a part on this node at once, whether or not that will be durable. */
  public void order(Automation automation) {
    if (automation.mode() == Automation.Mode.ON) {
      return;
    }
    ordered.merge(automation.scope(), automation, PartHalts::stricter);
  }

  /** Of two words on one part: until the later one is durable, the stricter one holds. */
  private static Automation stricter(Automation before, Automation next) {
    return next.mode().compareTo(before.mode()) >= 0 ? next : before;
  }

  /** A setting is durable. */
  public void durable(Automation automation) {
    Map<HaltScope, Automation> next = new LinkedHashMap<>(known);
    next.remove(automation.scope());
    if (automation.mode() != Automation.Mode.ON) {
      next.put(automation.scope(), automation);
    }
    known = Map.copyOf(next);
    ordered.remove(automation.scope());
  }

  /**
   * What the database says.
   *
   * @param standing the parts that are not on
   * @param history what was set for parts; an order that never became durable holds here until one
   *     for its part did after it
   */
  public void learn(List<Automation> standing, List<Automation> history) {
    Map<HaltScope, Automation> next = new LinkedHashMap<>();
    standing.forEach(part -> next.put(part.scope(), part));
    known = Map.copyOf(next);
    history.forEach(
        set -> ordered.computeIfPresent(set.scope(), (scope, old) -> later(set, old) ? null : old));
  }

  private static boolean later(Automation set, Automation ordered) {
    return !set.at().isBefore(ordered.at());
  }

  /** All that hold. */
  public List<Automation> standing(Instant now) {
    return Stream.concat(known.values().stream(), ordered.values().stream())
        .filter(part -> !part.over(now))
        .distinct()
        .sorted(Comparator.comparing(Automation::at))
        .toList();
  }

  /** Those that were ordered here and are not known to be durable. */
  Stream<Automation> ordered() {
    return ordered.values().stream();
  }

  /**
   * What forbids a change that was decided on before it was halted. A halt that is older was
   * lifted, or it would not have been decided on.
   */
  public Optional<Automation> forbidding(ChangeMarks marks, Instant decided, Instant now) {
    return known.isEmpty() && ordered.isEmpty()
        ? Optional.empty()
        : standing(now).stream()
            .filter(part -> part.mode() == Automation.Mode.OFF)
            .filter(part -> part.at().isAfter(decided) && part.scope().means(marks))
            .findFirst();
  }
}
