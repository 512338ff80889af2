package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Template;

/**
 * Which alerts start a runbook.
 *
 * @param alert true for an alert that starts it; knows {@code alert} only
 * @param incident the key that joins alerts to one incident and one live run
 * @param onResolve what becomes of pending changes when the alert resolves
 */
public record Trigger(Condition alert, Template incident, OnResolve onResolve) {
  /** What becomes of pending changes when the alert resolves. */
  public enum OnResolve {
    /** They are withdrawn; what runs already is finished and verified. */
    CANCEL,
    /** Nothing: the run goes on. */
    CONTINUE
  }
}
