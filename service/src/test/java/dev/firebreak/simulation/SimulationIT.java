package dev.firebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laws hold in more random worlds than {@link SimulationTest} has time for. */
class SimulationIT {
  private static final long FIRST = 10_000;
  private static final int WORLDS = 1_000;

  @TempDir Path folder;

  @Test
  void laws_hold() {
    Simulation.Summary summary =
        new Simulation(folder).live(LongStream.range(FIRST, FIRST + WORLDS));
    SimulationTest.expectNothingBroken(summary);
    assertThat(summary.worlds()).isEqualTo(WORLDS);
  }
}
