package dev.firebreak.guard;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.runbook.Limit;
import java.time.Instant;
import java.util.Map;

/** Counts committed intents in sliding windows: for the target, the runbook, the whole system. */
public final class Limits implements Guard {
  private final Intents intents;
  private final GuardSettings.Window runbook;
  private final GuardSettings.Window global;

  Limits(Intents intents, GuardSettings.Window runbook, GuardSettings.Window global) {
    this.intents = intents;
    this.runbook = runbook;
    this.global = global;
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    Limit own = proposal.rung().limit();
    if (own != null && !proposal.undo()) {
      Budget budget = budget(tx, proposal, now);
      if (budget.left() == 0) {
        return over(proposal, spent(proposal, budget));
      }
    }
    String name = proposal.run().runbook();
    if (!proposal.undo()
        && intents.reachedForRunbook(tx, name, now.minus(runbook.per()), runbook.max())) {
      return over(proposal, spent("limits.runbook", "this runbook", runbook));
    }
    return intents.reachedByAll(tx, now.minus(global.per()), global.max())
        ? over(proposal, spent("limits.global", "all runbooks together", global))
        : new Decision.Allow();
  }

  /** What is left of the rung's own limit, for the target that has the least left. */
  public Budget budget(Tx tx, Proposal proposal, Instant now) {
    Limit own = proposal.rung().limit();
    if (own == null) {
      return new Budget(0, 0, "");
    }
    int used =
        proposal.targets().stream()
            .mapToInt(
                target ->
                    intents.countForTarget(
                        tx,
                        proposal.run().runbook(),
                        proposal.counted(),
                        target,
                        now.minus(own.per())))
            .max()
            .orElse(0);
    return new Budget(used, own.max(), Durations.text(own.per()));
  }

  /** What the author wants when a limit is reached. */
  static Decision over(Proposal proposal, Reason why) {
    Limit own = proposal.rung().limit();
    if (own != null && own.over() == Limit.Over.ASK && proposal.rung().approve() != null) {
      return new Decision.Ask(proposal.approvers(), why);
    }
    return new Decision.Deny(
        new Reason(
            why.code(),
            why.text()
                + ". To have people asked instead, write `over: ask` in its limit and an"
                + " `approve`"));
  }

  private static Reason spent(Proposal proposal, Budget budget) {
    return new Reason(
        "limit-target",
        "%s was done %d times to %s within %s, and its limit is %d"
            .formatted(
                proposal.rung().name(),
                budget.used(),
                String.join(", ", proposal.targets()),
                budget.per(),
                budget.max()));
  }

  private static Reason spent(String key, String who, GuardSettings.Window window) {
    return new Reason(
        key.replace("limits.", "limit-"),
        "%s made %d changes within %s, and %s allows no more"
            .formatted(who, window.max(), Durations.text(window.per()), key));
  }

  /**
   * What is left of a limit.
   *
   * @param per the window, as written
   */
  public record Budget(int used, int max, String per) {
    /** How many more are allowed now; 0 when there is no limit and none was counted. */
    public int left() {
      return Math.max(0, max - used);
    }

    /** What {@code approve.when} sees as {@code limit}. */
    public Map<String, Object> asModel() {
      return Map.of("used", used, "max", max, "left", left());
    }
  }
}
