package dev.firebreak.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in which team, and where a team reads: the {@code teams} of the configuration. Immutable.
 *
 * @param teams by name
 */
public record Teams(Map<String, Team> teams) {
  /** No teams. */
  public static final Teams NONE = new Teams(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Teams(Map<String, Team> teams) {
    this.teams = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(teams));
  }

  /** The teams this person is in; empty for somebody nobody named. */
  public Set<String> teamsOf(String person) {
    Set<String> of = new LinkedHashSet<>();
    teams.forEach(
        (name, team) -> {
          if (team.members().contains(person)) {
            of.add(name);
          }
        });
    return of;
  }

  /** Whether there is a team of this name. */
  public boolean has(String team) {
    return teams.containsKey(team);
  }

  /** The channel a team reads; empty when it has none, or when there is no such team. */
  public Optional<String> channelOf(String team) {
    return Optional.ofNullable(teams.get(team)).map(Team::channel);
  }

  /**
   * The channels through which these are reached: a team by its own, a person by those of the
   * person's teams. Somebody who is reached by none is in no list: compare with {@link #silent}.
   */
  public Set<String> channelsOf(List<String> peopleOrTeams) {
    Set<String> channels = new LinkedHashSet<>();
    peopleOrTeams.forEach(name -> channels.addAll(channelsOf(name)));
    return channels;
  }

  /** Those of these people or teams whom no channel reaches. */
  public List<String> silent(List<String> peopleOrTeams) {
    return peopleOrTeams.stream().filter(name -> channelsOf(name).isEmpty()).toList();
  }

  private Set<String> channelsOf(String name) {
    Set<String> channels = new LinkedHashSet<>();
    if (has(name)) {
      channelOf(name).ifPresent(channels::add);
    } else {
      teamsOf(name).forEach(team -> channelOf(team).ifPresent(channels::add));
    }
    return channels;
  }

  /** What is wrong with these teams, given the names of the configured channels; empty if fine. */
  public List<String> problems(Set<String> channels) {
    return teams.entrySet().stream()
        .filter(team -> team.getValue().channel() != null)
        .filter(team -> !channels.contains(Objects.requireNonNull(team.getValue().channel())))
        .map(
            team ->
                "teams.%s.channel: there is no channel '%s'; there are %s"
                    .formatted(team.getKey(), team.getValue().channel(), channels))
        .toList();
  }
}
