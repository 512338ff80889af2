package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.channel.Channels;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code decisions}: how people may decide besides console and API.
 *
 * @param links the channels in which whoever is asked gets a link of their own
 */
record DecisionSettings(List<String> links) {
  static final DecisionSettings NONE = new DecisionSettings(List.of());

  DecisionSettings {
    links = List.copyOf(links);
  }

  @JsonCreator
  static DecisionSettings of(@JsonProperty("links") @Nullable List<String> links) {
    return links == null ? NONE : new DecisionSettings(links);
  }

  /** What is wrong with it; empty if fine. */
  List<String> problems(Channels channels, boolean secret) {
    List<String> problems = new ArrayList<>();
    if (!links.isEmpty() && !secret) {
      problems.add(
          "decisions.links: links are signed, which needs siteSecret: {env: NAME} or {file: path}");
    }
    links.stream()
        .filter(name -> !channels.names().contains(name))
        .forEach(name -> problems.add("decisions.links: " + channels.unknown(name)));
    return problems;
  }

  /** The ways that may carry a link, by person, of those who are asked or in a team that is. */
  Map<String, List<Contact>> contacts(List<String> by, Teams teams, People people) {
    Map<String, List<Contact>> found = new LinkedHashMap<>();
    if (links.isEmpty()) {
      return found;
    }
    for (String person : persons(by, teams)) {
      List<Contact> ways = people.contacts(person).stream().filter(this::carriesLink).toList();
      if (!ways.isEmpty()) {
        found.put(person, ways);
      }
    }
    return found;
  }

  /** Whether whoever has this contact gets a link of their own there. */
  boolean carriesLink(Contact contact) {
    return contact.to() != null && links.contains(contact.channel());
  }

  private static Set<String> persons(List<String> by, Teams teams) {
    Set<String> persons = new LinkedHashSet<>();
    for (String name : by) {
      Team team = teams.teams().get(name);
      if (team == null) {
        persons.add(name);
      } else {
        persons.addAll(team.members());
      }
    }
    return persons;
  }
}
