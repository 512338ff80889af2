package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Approvers;
import java.util.Optional;
import java.util.Set;

/**
 * Whether somebody can decide a gate. The engine has the last word; this only says beforehand what
 * it will say.
 */
record Askable(Principal who, Set<String> teams) {
  Askable {
    teams = Set.copyOf(teams);
  }

  /** Whether this person or a team of theirs is asked. */
  boolean asked(Gate gate) {
    return gate.asked().stream()
        .anyMatch(
            name ->
                name.equals(who.name()) || name.equals(Approvers.ANYONE) || teams.contains(name));
  }

  /** Why this person cannot decide it; empty when they can. */
  Optional<String> why(Gate gate) {
    if (gate.voteOf(who.name()).isPresent()) {
      return Optional.of("You have voted already; others have to.");
    }
    if (!who.may(Role.APPROVER)) {
      return Optional.of("Deciding needs the role approver. You have: " + Fault.roles(who) + ".");
    }
    Optional<String> barred = gate.terms().bars(who.name());
    if (barred.isPresent()) {
      return barred.map(why -> "You may not decide this: " + why + ".");
    }
    return asked(gate)
        ? Optional.empty()
        : Optional.of(
            "You are not among those who are asked: " + String.join(", ", gate.asked()) + ".");
  }
}
