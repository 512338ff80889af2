package dev.firebreak.runbook;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How old the evidence may be that the changes of a rung are decided by, and which that is: the
 * diagnose steps they speak of, and what those need. Immutable.
 *
 * @param maxAge older evidence is gathered again before a change; null for never
 * @param condition what the rung's {@code when} goes by
 * @param changes what each of its changes goes by besides, by the id of the step; that of a rung
 *     without steps by its own
 * @param lists what the list of a step goes by, by the id of the step
 */
public record Freshness(
    @Nullable Duration maxAge,
    List<String> condition,
    Map<String, List<String>> changes,
    Map<String, List<String>> lists) {
  /** When neither rung nor runbook says: longer than an approval usually takes. */
  public static final Duration USUAL = Duration.ofMinutes(15);

  /** A shorter limit would have evidence gathered all the time. */
  public static final Duration LEAST = Duration.ofSeconds(10);

  /** A run lives no longer, unless its runbook says so. */
  public static final Duration MOST = Duration.ofDays(7);

  /** Evidence of which nobody knows, and that is never gathered again. */
  public static final Freshness NONE = new Freshness(null, List.of(), Map.of(), Map.of());

  public Freshness {
    condition = List.copyOf(condition);
    changes = Map.copyOf(new HashMap<>(changes));
    lists = Map.copyOf(new HashMap<>(lists));
  }

  /** All diagnose steps that any change of the rung goes by. */
  public Set<String> steps() {
    Set<String> all = new HashSet<>(condition);
    changes.values().forEach(all::addAll);
    lists.values().forEach(all::addAll);
    return all;
  }

  /**
   * Whether this is so of any diagnose step that a change goes by.
   *
   * @param id of the step, or of the rung
   * @param first whether nothing of the rung was changed yet, so that its condition counts
   * @param list whether the list of the step is still to be worked out
   */
  public boolean any(String id, boolean first, boolean list, Predicate<String> so) {
    return changes.getOrDefault(id, List.of()).stream().anyMatch(so)
        || (first && condition.stream().anyMatch(so))
        || (list && lists.getOrDefault(id, List.of()).stream().anyMatch(so));
  }
}
