package dev.firebreak.guard;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Optional;

/** The same fix on the same target rests after an intent, whoever committed it. */
final class CooldownGuard implements Guard {
  private final Intents intents;

  CooldownGuard(Intents intents) {
    this.intents = intents;
  }

  @Override
  public String name() {
    return "cooldown";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.rung().cooldown().isZero() || proposal.undo()) {
      return new Decision.Allow();
    }
    for (String target : proposal.targets()) {
      Optional<Instant> rested =
          intents
              .last(tx, proposal.run().runbook(), proposal.counted(), target, proposal.run().id())
              .map(last -> last.plus(proposal.rung().cooldown()));
      if (rested.isPresent() && now.isBefore(rested.get())) {
        return Limits.over(proposal, sentence(proposal, target, rested.get()), rested.get(), now);
      }
    }
    return new Decision.Allow();
  }

  private static Reason sentence(Proposal proposal, String target, Instant rested) {
    return new Reason(
        "cooldown",
        "%s was done to '%s' less than %s ago and rests until %s"
            .formatted(
                proposal.rung().name(),
                target,
                Durations.text(proposal.rung().cooldown()),
                Instants.text(rested)));
  }
}
