package dev.firebreak.runbook;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration knows and a runbook refers to by name; a name that is not there is a
 * warning, and an error if it is a template's.
 *
 * @param escalations the names of the escalations, null when they are not known
 * @param approvers the names of people and of teams that have members, null when not known
 * @param members who answers for each name: of a team its members, of a person that person; others
 *     cannot be counted
 * @param templates the names of the templates there are now, null when not known
 */
public record Surroundings(
    @Nullable Set<String> escalations,
    @Nullable Set<String> approvers,
    Map<String, Set<String>> members,
    @Nullable Supplier<? extends Collection<String>> templates) {
  /** Nothing is known, so nothing is warned of. */
  public static final Surroundings UNKNOWN = new Surroundings(null, null, Map.of(), null);

  public Surroundings {
    escalations = escalations == null ? null : Set.copyOf(escalations);
    approvers = approvers == null ? null : Set.copyOf(approvers);
    members = Map.copyOf(members);
  }
}
