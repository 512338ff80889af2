package dev.firebreak.simulation;

import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerSettings;
import java.time.Duration;

/**
 * What stands in the way of changes in a world, besides what always does. Each is decided by chance
 * of its own: where one is missing, the world is as it would be if it had never been thought of.
 *
 * @param breakers when a breaker opens; {@link BreakerSettings#NEVER} in most worlds
 */
record Walls(BreakerSettings breakers) {
  static final Walls NONE = new Walls(BreakerSettings.NEVER);

  private static final long CHANCE = 0x3a115;

  static Walls of(long seed) {
    return new Walls(breakers(new Dice(seed ^ CHANCE)));
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
    return breaks();
  }

  /** Whether breakers may open. */
  boolean breaks() {
    return breakers != BreakerSettings.NEVER;
  }
}
