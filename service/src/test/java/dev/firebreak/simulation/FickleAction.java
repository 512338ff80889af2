package dev.firebreak.simulation;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An action of the outside world: it hangs, lies, answers late, or breaks. */
final class FickleAction implements Action {
  private static final Reason WHY = new Reason("simulated", "the world is like that");

  private final String type;
  private final World world;
  private final Node node;

  FickleAction(String type, World world, Node node) {
    this.type = type;
    this.world = world;
    this.node = node;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of();
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return type.equals("fix");
  }

  @Override
  public Outcome run(Invocation invocation) throws BadParameter {
    node.pass("attempt");
    Attempt attempt = Attempt.of(invocation);
    world.trace(node.name() + " begins " + attempt + " " + type);
    if (!type.equals("fix")) {
      return read(invocation);
    }
    world.laws().begins(node, attempt, invocation);
    Outcome outcome = change(attempt, invocation);
    world.laws().answers(attempt, outcome);
    world.trace(
        "%s answered %s: %s".formatted(node.name(), attempt, outcome.getClass().getSimpleName()));
    return outcome;
  }

  private Outcome read(Invocation invocation) {
    if (world.dice().percent(world.faults().hangs())) {
      world.hang(node, invocation, world.dice().delay(Duration.ofMinutes(2)));
    }
    boolean fine =
        world.dice().percent(world.faults().lies())
            ? world.dice().oneIn(2)
            : world.target().fine(invocation.runId());
    return switch (world.dice().below(10)) {
      case 0 -> new Outcome.Failed(WHY, world.dice().oneIn(2));
      case 1 -> throw new IllegalStateException("a probe that breaks");
      default ->
          fine || world.dice().oneIn(3)
              ? new Outcome.Succeeded(Map.of("fine", fine), List.of())
              : new Outcome.Failed(WHY, true);
    };
  }

  private Outcome change(Attempt attempt, Invocation invocation) {
    boolean lies = world.dice().percent(world.faults().lies());
    boolean hangs = world.dice().percent(world.faults().hangs());
    boolean happens = world.dice().percent(75);
    if (hangs && world.dice().oneIn(2)) {
      world.hang(node, invocation, world.dice().delay(Duration.ofMinutes(3)));
    }
    if (happens) {
      world.target().change(attempt);
      node.pass("changed");
    }
    if (hangs) {
      world.hang(node, invocation, world.dice().delay(Duration.ofMinutes(3)));
    }
    boolean seems = lies != happens;
    return switch (world.dice().below(10)) {
      case 0 -> throw new IllegalStateException("an action that breaks");
      case 1, 2 -> new Outcome.Unknown(WHY);
      default ->
          seems
              ? new Outcome.Succeeded(Map.of(), List.of())
              : new Outcome.Failed(WHY, world.dice().percent(70));
    };
  }
}
