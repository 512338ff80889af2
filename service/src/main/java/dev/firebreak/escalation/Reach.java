package dev.firebreak.escalation;

import dev.firebreak.access.Teams;
import dev.firebreak.core.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which channels reach a name: itself if it is one, else a team's, else those of a person's teams.
 * Immutable.
 *
 * @param channels the names of the configured channels
 */
public record Reach(Teams teams, Set<String> channels) {
  public Reach {
    channels = Set.copyOf(channels);
  }

  /** The configured channels that reach this name; empty when none does. */
  public List<String> channels(String name) {
    return channels.contains(name)
        ? List.of(name)
        : teams.channelsOf(List.of(name)).stream().filter(channels::contains).toList();
  }

  /** Why nothing reaches a name. */
  String fault(String name) {
    if (teams.has(name)) {
      return "team '" + name + "' has no channel that is configured: nobody would be called";
    }
    List<String> known = new ArrayList<>(channels);
    known.addAll(teams.teams().keySet());
    return "'%s' is no channel, no team and in no team with a channel (%s)"
        .formatted(name, Nearest.advice(name, known));
  }
}
