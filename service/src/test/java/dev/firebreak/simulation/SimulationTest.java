package dev.firebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The laws hold in random worlds. {@code -Dfirebreak.seed=N} tells one world from its beginning to
 * its end; {@code -Dfirebreak.seeds=N} lives so many, from {@code -Dfirebreak.first} on.
 */
class SimulationTest {
  private static final int QUICK = 75;

  @TempDir Path folder;

  @Test
  void laws_hold() {
    Long one = Long.getLong("firebreak.seed");
    Simulation simulation = new Simulation(folder);
    if (one != null) {
      System.out.println(simulation.story(one, Integer.MAX_VALUE));
    }
    long first = one == null ? Long.getLong("firebreak.first", 1) : one;
    long count = one == null ? Long.getLong("firebreak.seeds", QUICK) : 1;
    expectNothingBroken(simulation.live(LongStream.range(first, first + count)));
  }

  @Test
  void laws_hold_whereTheyOnceDidNot() throws IOException {
    expectNothingBroken(new Simulation(folder).live(kept()));
  }

  @Test
  void sameSeed_isTheSameWorld() {
    for (long seed = 1; seed <= 5; seed++) {
      Simulation simulation = new Simulation(folder);
      assertThat(simulation.story(seed, Integer.MAX_VALUE))
          .isEqualTo(simulation.story(seed, Integer.MAX_VALUE));
    }
  }

  static void expectNothingBroken(Simulation.Summary summary) {
    System.out.println(summary);
    assertThat(summary.broken()).as("replay one: -Dfirebreak.seed=N\n%s", summary).isEmpty();
  }

  /** Each of them once found a fault, of the engine or one that was put into it. */
  private static LongStream kept() throws IOException {
    try (InputStream file = SimulationTest.class.getResourceAsStream("/simulation/seeds.txt")) {
      assertThat(file).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", 2)[0]))
              .boxed()
              .toList()
              .stream()
              .mapToLong(Long::longValue);
    }
  }
}
