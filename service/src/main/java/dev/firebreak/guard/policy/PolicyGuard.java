package dev.firebreak.guard.policy;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.ChangeFacts;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Proposal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Asks the policies of each target of a change; the strictest answer counts. */
public final class PolicyGuard implements Guard {
  private final Supplier<PolicySet> current;

  /**
   * @param current the policies in force
   */
  public PolicyGuard(Supplier<PolicySet> current) {
    this.current = current;
  }

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    PolicySet policies = current.get();
    if (proposal.undo() || policies.policies().isEmpty()) {
      return new Decision.Allow();
    }
    List<String> targets = proposal.targets().isEmpty() ? List.of("") : proposal.targets();
    return targets.stream()
        .flatMap(
            target ->
                policies.decide(ChangeFacts.of(proposal, target, now, ZoneOffset.UTC)).stream())
        .max(Comparator.comparing(ruling -> ruling.policy().then()))
        .map(PolicyGuard::answer)
        .orElseGet(Decision.Allow::new);
  }

  private static Decision answer(PolicySet.Ruling ruling) {
    Policy policy = ruling.policy();
    return switch (policy.then()) {
      case ALLOW -> new Decision.Allow();
      case ASK -> new Decision.Ask(policy.by(), why("policy-asks", ruling));
      case DENY -> new Decision.Deny(why("policy-denies", ruling));
    };
  }

  private static Reason why(String code, PolicySet.Ruling ruling) {
    Policy policy = ruling.policy();
    String doubt =
        ruling.doubt().isEmpty()
            ? ""
            : "; whether it means this change cannot be told, so it does: " + ruling.doubt();
    String way =
        policy.exception() == null ? "ask " + policy.owner() + " to change it" : policy.exception();
    return new Reason(
        code,
        "the policy '%s' of %s: %s%s. For an exception: %s"
            .formatted(policy.name(), policy.owner(), policy.why(), doubt, way));
  }
}
