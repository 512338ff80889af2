package dev.firebreak.guard;

import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;

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
    List<Automation> standing = stored.standing(tx);
    Automation automation =
        local.strictest(
            standing, ChangeMarks.of(proposal.run(), proposal.runbook(), proposal.step()), now);
    return switch (automation.mode()) {
      case ON -> new Decision.Allow();
      case ASK ->
          new Decision.Ask(
              proposal.approvers(),
              new Reason(
                  "automation-asks",
                  "automation asks first%s: %s".formatted(what(automation), who(automation))));
      case OFF -> refuse(tx, proposal, automation, now);
    };
  }

  private Decision refuse(Tx tx, Proposal proposal, Automation automation, Instant now) {
    Reason why =
        new Reason(
            HaltedChange.REFUSED,
            "automation is switched off%s: %s. To allow changes again, switch it on at /automation or by PUT /api/v1/automation%s"
                .formatted(what(automation), who(automation), way(automation)));
    stored.stopped(
        tx,
        new HaltedChange(
            proposal.run().id(),
            proposal.step(),
            proposal.run().incidentId(),
            proposal.run().runbook(),
            automation.scope(),
            why.text(),
            now,
            true));
    return new Decision.Deny(why);
  }

  private static String what(Automation automation) {
    return automation.scope().equals(HaltScope.ALL) ? "" : " for " + automation.scope().inWords();
  }

  private static String who(Automation automation) {
    Instant until = automation.until();
    return "%s (set by %s%s, %s%s)"
        .formatted(
            automation.reason(),
            automation.by(),
            automation.at().equals(Instant.EPOCH) ? "" : " at " + Instants.text(automation.at()),
            until == null ? "until somebody switches it on" : "until " + Instants.text(until),
            automation.owner().equals(automation.by())
                ? ""
                : "; " + automation.owner() + " answers for it");
  }

  private static String way(Automation automation) {
    return automation.scope().equals(HaltScope.ALL)
        ? ""
        : " with scope " + automation.scope().asText();
  }
}
