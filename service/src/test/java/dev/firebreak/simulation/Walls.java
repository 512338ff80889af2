package dev.firebreak.simulation;

import dev.firebreak.guard.Counted;
import dev.firebreak.guard.GuardSettings.Window;
import dev.firebreak.guard.LimitRules;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerSettings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in the way of changes in a world, besides what always does. Each is decided by chance
 * of its own: where one is missing, the world is as it would be if it had never been thought of.
 *
 * @param breakers when a breaker opens; {@link BreakerSettings#NEVER} in most worlds
 * @param limits of targets, services and teams
 * @param lines runbooks wait for room, and for locks, in all the ways there are
 */
record Walls(BreakerSettings breakers, LimitRules limits, boolean lines) {
  static final Walls NONE = new Walls(BreakerSettings.NEVER, LimitRules.NONE, false);

  private static final List<Counted.Level> LEVELS =
      List.of(Counted.Level.TARGET, Counted.Level.SERVICE, Counted.Level.TEAM);

  private static final long CHANCE = 0x3a115;

  static Walls of(long seed) {
    Dice lines = new Dice(seed ^ (CHANCE + 1));
    return new Walls(breakers(new Dice(seed ^ CHANCE)), limits(lines), lines.oneIn(3));
  }

  private static LimitRules limits(Dice dice) {
    Map<Counted.Level, Window> each = new EnumMap<>(Counted.Level.class);
    for (Counted.Level level : dice.oneIn(3) ? LEVELS : List.<Counted.Level>of()) {
      if (dice.oneIn(2)) {
        each.put(
            level,
            new Window(dice.from(1, 4), dice.of(Duration.ofMinutes(2), Duration.ofHours(1))));
      }
    }
    return each.isEmpty() ? LimitRules.NONE : new LimitRules(each, List.of());
  }

  private static BreakerSettings breakers(Dice dice) {
    return dice.oneIn(3)
        ? new BreakerSettings(rule(dice, dice.of(1, 1, 2, 3)), rule(dice, dice.of(0, 1, 1, 2)))
        : BreakerSettings.NEVER;
  }

  private static BreakerSettings.Rule rule(Dice dice, int failures) {
    return new BreakerSettings.Rule(
        failures,
        dice.of(Duration.ofMinutes(5), Duration.ofHours(1)),
        dice.of(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(3)));
  }

  /** When a breaker of this kind opens. */
  BreakerSettings.Rule rule(Breaker.Kind kind) {
    return kind == Breaker.Kind.TARGET ? breakers.target() : breakers.runbook();
  }

  /** Whether there is any. */
  boolean any() {
    return breaks() || lines || limits != LimitRules.NONE;
  }

  /** Whether breakers may open. */
  boolean breaks() {
    return breakers != BreakerSettings.NEVER;
  }
}
