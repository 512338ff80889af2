package dev.firebreak.simulation;

import dev.firebreak.cluster.Bulletin;
import java.time.Duration;
import java.util.function.Consumer;

/** Words between the nodes of a world: late, or lost. */
final class Words implements Bulletin {
  private final World world;
  private final Node node;

  Words(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  @Override
  public void tell(Word word) {
    for (Node other : world.nodes()) {
      if (other != node && !world.explored() && (world.calm() || !world.dice().oneIn(3))) {
        world.time().in(world.dice().delay(Duration.ofSeconds(2)), other, "word", other::lookNow);
      }
    }
  }

  @Override
  public void listen(Consumer<Word> listener) {}
}
