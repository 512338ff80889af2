package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Template;
import java.util.Map;

/**
 * Which alerts start a runbook.
 *
 * @param alert true for an alert that starts it; knows {@code alert} only
 * @param incident the key that joins alerts to one incident and one live run
 * @param onResolve what becomes of pending changes when the alert resolves
 */
public record Trigger(Condition alert, Template incident, OnResolve onResolve) {
  /** No alert starts it: other runbooks call it. */
  public static final Trigger CALLED =
      new Trigger(Nobody.INSTANCE, Nobody.INSTANCE, OnResolve.CANCEL);

  /** Neither true nor filled in, ever. */
  private enum Nobody implements Condition, Template {
    INSTANCE;

    @Override
    public boolean test(Map<String, ?> model) {
      return false;
    }

    @Override
    public String render(Map<String, ?> model) {
      throw new ExpressionException("it is called by other runbooks only");
    }

    @Override
    public String source() {
      return "called by other runbooks only";
    }
  }

  /** What becomes of pending changes when the alert resolves. */
  public enum OnResolve {
    /** They are withdrawn; what runs already is finished and verified. */
    CANCEL,
    /** Nothing: the run goes on. */
    CONTINUE
  }
}
