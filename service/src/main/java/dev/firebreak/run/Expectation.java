package dev.firebreak.run;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.runbook.Task;
import dev.firebreak.runbook.Verify;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether an attempt that worked brought what was to come. */
final class Expectation {
  private Expectation() {}

  /** What an attempt that worked brought is looked at: it may not be what was to come. */
  static Outcome of(Draft draft, StepRun step, Outcome outcome) {
    if (!(outcome instanceof Outcome.Succeeded ok)) {
      return outcome;
    }
    Task task = draft.task(step.id());
    Optional<Reason> wrong = Typed.fault(task.output(), ok.output());
    if (wrong.isPresent()) {
      return new Outcome.Failed(wrong.get(), false);
    }
    Verify verify = task.proof();
    return verify == null || verify.expect() == null
        ? outcome
        : proven(draft, step, verify.expect(), ok);
  }

  /** A proof that answers, but not as expected, has not held yet. */
  private static Outcome proven(
      Draft draft, StepRun step, Condition expect, Outcome.Succeeded outcome) {
    Map<String, Object> model =
        new LinkedHashMap<>(RunModel.of(draft.run(), draft.runbook, step.id()));
    model.put("output", outcome.output());
    try {
      return expect.test(model) ? outcome : unproven("does not hold: " + expect.source());
    } catch (ExpressionException e) {
      return unproven("could not be answered: " + e.getMessage());
    }
  }

  private static Outcome unproven(String what) {
    return new Outcome.Failed(new Reason("not-verified", "the expectation " + what), true);
  }
}
