package dev.firebreak.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;

/** Lives worlds, one after the other, and tells of those that break. */
public final class Simulation {
  private static final int TOLD = 25;

  private final Path folder;
  private final AtomicLong lived = new AtomicLong();

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
    return new World(seed, folder.resolve("world-" + lived.incrementAndGet()), tracing);
  }

  /**
   * Lives many worlds, two at a time.
   *
   * @return one line for the whole, and the story of each of the first that broke
   */
  public Summary live(LongStream seeds) {
    Summary summary = new Summary();
    PrimitiveIterator.OfLong next = seeds.iterator();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(Thread.ofPlatform().start(() -> liveAll(next, summary)));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return summary;
  }

  private void liveAll(PrimitiveIterator.OfLong seeds, Summary summary) {
    while (true) {
      long seed;
      synchronized (seeds) {
        if (!seeds.hasNext()) {
          return;
        }
        seed = seeds.nextLong();
      }
      World.Result result = live(seed);
      if (summary.add(result)) {
        summary.tell(story(seed, TOLD));
      }
    }
  }

  /** What came of many worlds. Thread-safe. */
  public static final class Summary {
    private static final int STORIES = 5;
    private final long began = System.nanoTime();
    private final Map<String, List<Long>> broken = new TreeMap<>();
    private final List<String> stories = new ArrayList<>();
    private int worlds;
    private long events;
    private long changes;
    private long crashes;

    /** Whether this one is worth telling. */
    synchronized boolean add(World.Result result) {
      worlds++;
      events += result.events();
      changes += result.changes();
      crashes += result.crashes();
      if (result.broken().isEmpty()) {
        return false;
      }
      String kind = result.broken().getFirst().lines().findFirst().orElse("");
      kind = kind.replaceAll("(run|int|inc|gate)_\\w+", "$1").replaceAll("20\\d\\d-\\S+Z", "T");
      kind = kind.replaceAll(": run/.*", "");
      List<Long> seeds = broken.computeIfAbsent(kind, none -> new ArrayList<>());
      seeds.add(result.seed());
      return seeds.size() == 1 && stories.size() < STORIES;
    }

    synchronized void tell(String story) {
      stories.add(story);
    }

    /** The seeds that broke a law, by law. */
    public synchronized Map<String, List<Long>> broken() {
      return new TreeMap<>(broken);
    }

    /** How many worlds there were. */
    public synchronized int worlds() {
      return worlds;
    }

    @Override
    public synchronized String toString() {
      double seconds = (System.nanoTime() - began) / 1e9;
      return "%s%d worlds in %.0f s (%.0f a minute): %d events, %d changes, %d crashes; broken: %s"
          .formatted(
              String.join("\n\n", stories) + (stories.isEmpty() ? "" : "\n\n"),
              worlds,
              seconds,
              worlds * 60 / seconds,
              events,
              changes,
              crashes,
              broken);
    }
  }

  /** {@code Simulation FIRST COUNT}: lives so many and prints what breaks; one is told whole. */
  public static void main(String[] args) throws IOException {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    Simulation simulation = new Simulation(Files.createTempDirectory("simulation"));
    System.out.println(
        count == 1
            ? simulation.story(first, Integer.MAX_VALUE)
            : simulation.live(LongStream.range(first, first + count)));
  }
}
