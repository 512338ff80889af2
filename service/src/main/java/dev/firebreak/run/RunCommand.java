package dev.firebreak.run;

import dev.firebreak.core.Reason;
import java.time.Instant;
import java.util.Map;

/**
 * What the planner wants done. What is not {@link Outside} is carried out in the transaction that
 * commits the state it belongs to.
 */
public sealed interface RunCommand {
  /** The step it concerns. */
  String step();

  /** What is carried out once the state it belongs to is durable. */
  sealed interface Outside extends RunCommand {}

  /** Perform an attempt of a step that reads, reports, or whose intent is committed. */
  record Perform(String step, int attempt) implements Outside {}

  /**
   * Ask the guards whether a change may be made, in the transaction that would commit its intent.
   */
  record Propose(String step) implements RunCommand {}

  /** Call humans along a chain. */
  record Call(String step, String chain, Reason why) implements RunCommand {}

  /** Send {@link RunEvent.Woken} then. */
  record Wake(String step, Instant at) implements Outside {}

  /** Send {@link RunEvent.Received} if a signal of this name lies there for the run. */
  record Await(String step, String signal) implements RunCommand {}

  /** Give up the attempt of a step that reads; that of a change only if it has not begun. */
  record Abort(String step) implements Outside {}

  /** A gate that waits for this step is void. */
  record Void(String step, String gate, Reason why) implements RunCommand {}

  /** The rung of this step is over: its targets are free. */
  record Release(String step) implements RunCommand {}

  /** Have a run of another runbook begin, and send {@link RunEvent.ChildStarted}. */
  record Start(String step, String runbook, Map<String, Object> inputs) implements RunCommand {}

  /** Pass an order on to the run this step had begin. */
  record PassOn(String step, String child, Order order, Reason why) implements RunCommand {}

  /** What is passed on. */
  enum Order {
    CANCEL,
    PAUSE,
    RESUME
  }
}
