package dev.firebreak.simulation;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The threads of a process: each task begins when the scheduler says. */
final class Threads implements Executor {
  private final World world;
  private final Node node;

  Threads(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  @Override
  public void execute(Runnable task) {
    node.pass("execute");
    long delay = world.calm() ? 0 : world.dice().delay(Duration.ofSeconds(20));
    world.time().in(delay, node, "task", () -> node.fiber("task", task));
  }
}
