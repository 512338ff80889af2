package dev.firebreak.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Lives worlds, one after the other, and tells of those that break. */
public final class Simulation {
  private static final int TOLD = 25;

  private final Path folder;

  public Simulation(Path folder) {
    this.folder = folder;
    // it says at length what goes wrong, and here everything does
    ((Logger) LoggerFactory.getLogger("dev.firebreak"))
        .setLevel(Boolean.getBoolean("firebreak.log") ? Level.INFO : Level.OFF);
  }

  /** One world of one seed. */
  public World.Result live(long seed) {
    return world(seed, false).live();
  }

  /** The story of one seed: its end, at most so many lines of it. */
  public String story(long seed, int lines) {
    World world = world(seed, true);
    World.Result result = world.live();
    List<String> told = world.told();
    return "seed %d: %s\n%s"
        .formatted(
            seed,
            result.broken(),
            String.join("\n", told.subList(Math.max(0, told.size() - lines), told.size())));
  }

  private World world(long seed, boolean tracing) {
    try {
      Files.createDirectories(folder);
      Path own = Files.createTempDirectory(folder, "world");
      own.toFile().deleteOnExit();
      return new World(seed, own, tracing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code Simulation FIRST COUNT [SECONDS]}: lives many and prints what breaks. */
  public static void main(String[] args) throws IOException {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    Simulation simulation = new Simulation(Files.createTempDirectory("simulation"));
    if (count == 1) {
      System.out.println(simulation.story(first, Integer.MAX_VALUE));
      return;
    }
    long began = System.nanoTime();
    long events = 0;
    long changes = 0;
    long crashes = 0;
    int failures = 0;
    java.util.Map<String, Integer> kinds = new java.util.TreeMap<>();
    for (long seed = first; seed < first + count; seed++) {
      World.Result result = simulation.live(seed);
      events += result.events();
      changes += result.changes();
      crashes += result.crashes();
      if (!result.broken().isEmpty()) {
        failures++;
        String kind = result.broken().getFirst().lines().findFirst().orElse("");
        kind = kind.replaceAll("(run|int|inc|gate)_\\w+", "$1").replaceAll("20\\d\\d-\\S+Z", "T");
        kind = kind.length() > 70 ? kind.substring(0, 70) : kind;
        if (kinds.merge(kind, 1, Integer::sum) <= 1) {
          System.out.println(simulation.story(seed, TOLD));
        }
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        java.util.Locale.ROOT,
        "%d worlds in %.1f s (%.0f a minute): %d events, %d changes, %d crashes; %d broken %s%n",
        count,
        seconds,
        count * 60 / seconds,
        events,
        changes,
        crashes,
        failures,
        kinds);
  }
}
