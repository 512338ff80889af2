package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;

/** The halt switch: read in the transaction that commits the intent. */
final class HaltGuard implements Guard {
  private final AutomationSwitch stored;
  private final HaltSwitch local;

  HaltGuard(AutomationSwitch stored, HaltSwitch local) {
    this.stored = stored;
    this.local = local;
  }

  @Override
  public String name() {
    return "halt";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    Automation automation = local.strictest(stored.read(tx), now);
    return switch (automation.mode()) {
      case ON -> new Decision.Allow();
      case ASK ->
          new Decision.Ask(
              proposal.approvers(),
              new Reason(
                  "automation-asks",
                  "automation asks first since %s: %s (set by %s)"
                      .formatted(automation.at(), automation.reason(), automation.by())));
      case OFF ->
          new Decision.Deny(
              new Reason(
                  "automation-off",
                  "automation is switched off: %s (set by %s). To allow changes again, switch it on at /automation or by PUT /api/v1/automation"
                      .formatted(automation.reason(), automation.by())));
    };
  }
}
