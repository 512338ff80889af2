package dev.firebreak.simulation;

import dev.firebreak.action.Action;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import java.util.List;
import java.util.Map;

/** An action that does what it says; when its answer comes, and whether in time, others choose. */
final class PlainAction implements Action {
  private final String type;
  private final World world;
  private final Node node;

  PlainAction(String type, World world, Node node) {
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
  public Outcome run(Invocation invocation) {
    if (!type.equals("fix")) {
      return world.target().fine(invocation.runId())
          ? new Outcome.Succeeded(Map.of("fine", true), List.of())
          : new Outcome.Failed(new Reason("not-fine", "not fine"), true);
    }
    Attempt attempt = Attempt.of(invocation);
    world.trace(node.name() + " begins " + attempt);
    world.laws().begins(node, attempt, invocation);
    world.target().change(attempt, true);
    Outcome outcome = answered(invocation);
    world.laws().answers(attempt, outcome);
    return outcome;
  }

  private Outcome answered(Invocation invocation) {
    Fibers.Fiber me = world.fibers().current();
    boolean[] over = {false};
    boolean[] given = {false};
    Runnable wake =
        () -> {
          over[0] = true;
          world.resume(me);
        };
    world.time().in(0, node, "answer", wake, () -> over[0]);
    invocation
        .cancellation()
        .onCancel(
            () -> {
              given[0] = true;
              world.time().in(0, node, "gives up", wake, () -> over[0]);
            });
    world.fibers().park();
    return given[0]
        ? new Outcome.Unknown(new Reason("no-answer", "no answer"))
        : new Outcome.Succeeded(Map.of(), List.of());
  }
}
