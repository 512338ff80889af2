package dev.firebreak.simulation;

import dev.firebreak.core.Message;
import dev.firebreak.outbox.Courier;
import dev.firebreak.outbox.CourierException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The way to the outside from one process: slow, refused, or there although it says otherwise. */
final class Carriage implements Courier {
  private final World world;
  private final Node node;
  private final Set<String> underway = new HashSet<>();

  Carriage(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  @Override
  public String kind() {
    return "notify";
  }

  @Override
  public boolean oneAtATime() {
    return true;
  }

  @Override
  public String carry(Message message) {
    node.pass("carry");
    Dice dice = world.extra();
    world.trace(node.name() + " carries " + message.key());
    world.laws().check(underway.add(message.key()), "carried twice at once: " + message.key());
    world.letters().begins(node, message.key());
    try {
      return carried(message, dice);
    } finally {
      underway.remove(message.key());
      world.letters().ends(node, message.key());
    }
  }

  private String carried(Message message, Dice dice) {
    if (!world.calm() && dice.oneIn(4)) {
      world.sleep(node, 1 + dice.delay(Duration.ofMinutes(1)));
    }
    if (!world.calm() && dice.oneIn(4)) {
      throw new CourierException("nobody answers", dice.oneIn(8), null);
    }
    world.letters().arrives(message.key());
    node.pass("carried");
    if (!world.calm() && dice.oneIn(5)) {
      throw new IllegalStateException("the answer was lost");
    }
    return "there";
  }
}
