package dev.firebreak.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All chance of a world comes from here, and here from its seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    // neighbouring seeds must not give neighbouring worlds
    random = new SplittableRandom(new SplittableRandom(seed).nextLong());
  }

  long bits() {
    return random.nextLong();
  }

  RandomGenerator split() {
    return random.split();
  }

  /** From 0 to below. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From one to the other, both included. */
  int from(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True once in so many times; never for zero. */
  boolean oneIn(int many) {
    return many > 0 && random.nextInt(many) == 0;
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Mostly nothing, sometimes a little, seldom much. */
  long delay(Duration much) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> random.nextInt(20);
      case 2 -> random.nextInt(3_000);
      case 3 -> random.nextLong(much.toMillis() + 1);
      default -> 0;
    };
  }
}
