package dev.firebreak.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is changed, with a log of its own: the judge. */
final class Target {
  private final World world;
  private final List<Attempt> log = new ArrayList<>();
  private final Map<String, Boolean> fine = new HashMap<>();

  Target(World world) {
    this.world = world;
  }

  void change(Attempt attempt) {
    change(attempt, !attempt.step().endsWith(".undo") && world.dice().percent(60));
  }

  void change(Attempt attempt, boolean helps) {
    log.add(attempt);
    fine.put(attempt.run(), helps);
    world.trace("CHANGED by " + attempt);
  }

  /** Whether what this run looks at is well. */
  boolean fine(String run) {
    return fine.getOrDefault(run, false);
  }

  List<Attempt> log() {
    return log;
  }
}
