package dev.firebreak.guard.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules together. The strictest that speaks of a change decides: deny before ask before allow. A
 * rule that cannot be answered and would allow says nothing. Immutable.
 *
 * @param policies in the order of the files
 */
public record PolicySet(List<Policy> policies) {
  /** No rule: everything is allowed. */
  public static final PolicySet NONE = new PolicySet(List.of());

  public PolicySet {
    policies = List.copyOf(policies);
  }

  /** The rule that decides, and what was in doubt about it, or an empty text. */
  record Ruling(Policy policy, String doubt) {}

  /** The rule that decides on a change; empty when none speaks of it. */
  Optional<Ruling> decide(Map<String, Object> change) {
    return policies.stream()
        .sorted(Comparator.comparing(Policy::then).reversed())
        .flatMap(policy -> ruling(policy, change).stream())
        .findFirst();
  }

  private static Optional<Ruling> ruling(Policy policy, Map<String, Object> change) {
    Policy.Reach reach = policy.reach(change);
    String doubt = reach.doubt();
    boolean speaks = reach.means() && (doubt == null || policy.then() != Policy.Verdict.ALLOW);
    return speaks ? Optional.of(new Ruling(policy, doubt == null ? "" : doubt)) : Optional.empty();
  }
}
