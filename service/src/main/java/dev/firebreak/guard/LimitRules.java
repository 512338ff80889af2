package dev.firebreak.guard;

import dev.firebreak.guard.Counted.Level;
import dev.firebreak.guard.GuardSettings.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operator's limits of single targets, services, teams and runbooks. A rule for some names
 * takes the place of the one for any name. Immutable.
 */
public final class LimitRules {
  /** None. */
  public static final LimitRules NONE = new LimitRules(Map.of(), List.of());

  private final Map<Level, Window> each;
  private final List<Named> named;

  /**
   * Rules.
   *
   * @param each what any one of a level may
   * @param named what some of a level may: the first that means a name counts
   */
  public LimitRules(Map<Level, Window> each, List<Named> named) {
    this.each = Map.copyOf(each);
    this.named = List.copyOf(named);
  }

  /** A rule for the names a pattern means. */
  public static final class Named {
    private final Level level;
    private final Glob glob;
    private final Window window;

    /**
     * A rule.
     *
     * @param glob {@code *} for a part between slashes, {@code **} for anything
     */
    public Named(Level level, String glob, Window window) {
      this.level = level;
      this.glob = new Glob(glob);
      this.window = window;
    }
  }

  /** The limit of one of a level; empty when it has none. */
  public Optional<Window> of(Level level, String name) {
    for (Named rule : named) {
      if (rule.level == level && rule.glob.matches(name)) {
        return Optional.of(rule.window);
      }
    }
    return Optional.ofNullable(each.get(level));
  }

  /** Where the limit of one of a level stands in the configuration. */
  String key(Level level, String name) {
    boolean byName =
        named.stream().anyMatch(rule -> rule.level == level && rule.glob.matches(name));
    return byName ? "limits.named" : "limits." + level.asText();
  }

  /** Whether some of this level have a limit. */
  public boolean any(Level level) {
    return each.containsKey(level) || named.stream().anyMatch(rule -> rule.level == level);
  }

  /** All windows. */
  Stream<Window> windows() {
    return Stream.concat(each.values().stream(), named.stream().map(rule -> rule.window));
  }

  /** What counts for a change besides its rung's own limit, runbook and all. */
  Map<Counted, Window> of(Proposal proposal) {
    if (each.isEmpty() && named.isEmpty()) {
      return Map.of();
    }
    List<Counted> counted = new ArrayList<>();
    proposal.targets().forEach(target -> counted.add(new Counted.Target(target)));
    String service = ChangeMarks.service(proposal.run());
    if (!service.isEmpty()) {
      counted.add(new Counted.Service(service));
    }
    counted.add(new Counted.Team(proposal.runbook().owner()));
    Map<Counted, Window> rules = new LinkedHashMap<>();
    counted.forEach(
        what -> of(what.level(), what.name()).ifPresent(window -> rules.put(what, window)));
    return rules;
  }
}
