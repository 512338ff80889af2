package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.Approve;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks people where the runbook wants them asked, and wherever its condition cannot be answered.
 */
final class ApprovalGuard implements Guard {
  private final Limits limits;

  ApprovalGuard(Limits limits) {
    this.limits = limits;
  }

  @Override
  public String name() {
    return "approval";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    Approve approve = proposal.rung().approve();
    if (approve == null || proposal.undo()) {
      return new Decision.Allow();
    }
    if (approve.when() == null) {
      return ask(approve, "the runbook wants every such change approved");
    }
    Map<String, Object> model = new LinkedHashMap<>(RunModel.of(proposal.run()));
    model.put("limit", limits.budget(tx, proposal, now).asModel());
    try {
      return approve.when().test(model)
          ? ask(approve, "the runbook wants it approved when " + approve.when().source())
          : new Decision.Allow();
    } catch (ExpressionException e) {
      return ask(approve, "its approval condition could not be answered: " + e.getMessage());
    }
  }

  private static Decision ask(Approve approve, String text) {
    return new Decision.Ask(approve.by(), new Reason("approval", text));
  }
}
