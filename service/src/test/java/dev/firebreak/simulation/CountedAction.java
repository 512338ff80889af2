package dev.firebreak.simulation;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An action of a process that makes no more changes at once than it may. */
final class CountedAction implements Action {
  private final Action action;
  private final AtomicInteger atWork;
  private final Laws laws;
  private final int most;

  /**
   * @param atWork counts the changes of one process: a world has one action that changes something
   */
  CountedAction(Action action, AtomicInteger atWork, Laws laws, int most) {
    this.action = action;
    this.atWork = atWork;
    this.laws = laws;
    this.most = most;
  }

  @Override
  public String type() {
    return action.type();
  }

  @Override
  public Map<String, Object> schema() {
    return action.schema();
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return action.changes(params);
  }

  @Override
  public Outcome run(Invocation invocation) throws BadParameter {
    if (!invocation.changing()) {
      return action.run(invocation);
    }
    laws.check(atWork.incrementAndGet() <= most, "more changes at once than may be");
    try {
      return action.run(invocation);
    } finally {
      atWork.decrementAndGet();
    }
  }
}
