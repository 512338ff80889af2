package dev.firebreak.guard.freeze;

import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Scope;
import dev.firebreak.guard.ChangeFacts;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * No change is made in a freeze whatever started or approved it; the strictest of those that hold
 * decides. What takes a change back is let through: to leave it half done helps nobody.
 */
public final class FreezeGuard implements Guard {
  /** A freeze that ends before its time must not be slept through. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final int MOST_COMPILED = 1_000;

  private final FreezeBook book;
  private final Map<String, Condition> compiled = new ConcurrentHashMap<>();

  /** Asks all freezes of a book. */
  public FreezeGuard(FreezeBook book) {
    this.book = book;
  }

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo()) {
      return new Decision.Allow();
    }
    return book.inForce(tx, now).stream()
        .sorted(Comparator.comparing((FreezeBook.InForce it) -> it.freeze().mode()).reversed())
        .flatMap(frozen -> answer(frozen, proposal, now).stream())
        .findFirst()
        .orElseGet(Decision.Allow::new);
  }

  private Optional<Decision> answer(FreezeBook.InForce frozen, Proposal proposal, Instant now) {
    return concerns(frozen.freeze(), proposal, now)
        .map(
            doubt -> {
              Reason why = sentence(frozen, doubt);
              return switch (frozen.freeze().mode()) {
                case DENY -> new Decision.Deny(why);
                case HOLD -> new Decision.Hold(WaitFor.FREEZE, again(frozen.until(), now), why);
                case ASK ->
                    new Decision.Ask(proposal.approvers(List.of(frozen.freeze().owner())), why);
              };
            });
  }

  private static Instant again(Instant end, Instant now) {
    Instant soon = now.plus(LOOK_AGAIN);
    return end.isBefore(soon) ? end : soon;
  }

  /**
   * Empty when the freeze leaves this change alone; else what was in doubt about that. A scope that
   * cannot be answered concerns every change.
   */
  private Optional<String> concerns(Freeze freeze, Proposal proposal, Instant now) {
    String scope = freeze.scope();
    if (scope == null) {
      return Optional.of("");
    }
    List<String> targets = proposal.targets().isEmpty() ? List.of("") : proposal.targets();
    try {
      Condition condition = condition(scope);
      for (String target : targets) {
        if (condition.test(ChangeFacts.of(proposal, target, now, freeze.span().zone()))) {
          return Optional.of("");
        }
      }
      return Optional.empty();
    } catch (ExpressionException e) {
      return Optional.of(
          "; whether its scope means this change cannot be told, so it counts as meant: "
              + e.getMessage());
    }
  }

  private Condition condition(String scope) {
    if (compiled.size() > MOST_COMPILED) {
      compiled.clear();
    }
    return compiled.computeIfAbsent(scope, text -> Cel.condition(text, Scope.CHANGE));
  }

  private static Reason sentence(FreezeBook.InForce frozen, String doubt) {
    Freeze freeze = frozen.freeze();
    return new Reason(
        "frozen",
        "the freeze '%s' holds until %s: %s (%s answers for it)%s. To allow changes before that, end it at /freezes or by DELETE /api/v1/freezes/%s"
            .formatted(
                freeze.name(),
                Instants.text(frozen.until()),
                freeze.reason(),
                freeze.owner(),
                doubt,
                freeze.id()));
  }
}
