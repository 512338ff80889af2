package dev.firebreak.escalation;

import dev.firebreak.access.Teams;
import dev.firebreak.core.Nearest;
import dev.firebreak.core.Tx;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.OnCall;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Schedule;
import dev.firebreak.oncall.Schedules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a name is reached: a channel, a team by its channel, a schedule by who is on call, a person
 * by their own contacts and else by the channels of their teams. Immutable.
 *
 * @param channels the names of the configured channels
 * @param onCall who is on call and who stands in, by what is in the database
 */
public record Reach(
    Teams teams, Set<String> channels, People people, Schedules schedules, OnCall onCall) {
  public Reach {
    channels = Set.copyOf(channels);
  }

  /** Without people of their own and without schedules. */
  public Reach(Teams teams, Set<String> channels) {
    this(teams, channels, People.NONE, Schedules.NONE, OnCall.NOBODY);
  }

  /** The same, asking this one who is on call. */
  public Reach asking(OnCall desk) {
    return new Reach(teams, channels, people, schedules, desk);
  }

  /** Whom a name stands for now, and how they are told. */
  Callee callee(Tx tx, String name, Instant now) {
    if (channels.contains(name)) {
      return new Callee(name, List.of(Way.channel(name)));
    }
    if (teams.has(name)) {
      return shared(name, name);
    }
    if (onCall.has(name)) {
      Optional<String> person = onCall.at(tx, name, now);
      return person.isEmpty()
          ? new Callee(name + " (nobody is on call)", List.of())
          : person(name + ": " + person.get(), person.get());
    }
    String there = people.people().isEmpty() ? name : onCall.standIn(tx, name, now);
    return person(there.equals(name) ? name : there + " for " + name, there);
  }

  /** The person a name stands for now: who is on call, or who stands in. */
  Optional<String> person(Tx tx, String name, Instant now) {
    if (onCall.has(name)) {
      return onCall.at(tx, name, now);
    }
    return isPerson(name) ? Optional.of(onCall.standIn(tx, name, now)) : Optional.empty();
  }

  private Callee person(String text, String person) {
    List<Contact> contacts =
        people.contacts(person).stream()
            .filter(contact -> channels.contains(contact.channel()))
            .toList();
    if (contacts.isEmpty()) {
      return shared(text, person);
    }
    List<Way> ways = new ArrayList<>();
    for (Contact contact : contacts) {
      Set<String> tried = new LinkedHashSet<>(Set.of(contact.channel()));
      tried.addAll(shared(person));
      ways.add(
          new Way(
              person + "/" + ways.size(),
              List.copyOf(tried),
              contact.to() == null ? Map.of() : Map.of(contact.channel(), contact.to())));
    }
    return new Callee(text + in(contacts.stream().map(Contact::channel).toList()), ways);
  }

  private Callee shared(String text, String name) {
    List<String> shared = shared(name);
    return new Callee(text + in(shared), shared.stream().map(Way::channel).toList());
  }

  private static String in(List<String> channels) {
    return channels.isEmpty() ? " (no channel)" : " (" + String.join(", ", channels) + ")";
  }

  /** The configured channels of a team, or of a person's teams. */
  private List<String> shared(String name) {
    return teams.channelsOf(List.of(name)).stream().filter(channels::contains).toList();
  }

  private boolean reaches(String person) {
    return people.contacts(person).stream()
            .anyMatch(contact -> channels.contains(contact.channel()))
        || !shared(person).isEmpty();
  }

  /** Why a name would reach nobody, as the configuration stands; empty when it would. */
  Optional<String> fault(String name) {
    if (channels.contains(name) || reaches(name)) {
      return Optional.empty();
    }
    if (teams.has(name)) {
      return Optional.of(
          "team '" + name + "' has no channel that is configured: nobody would be called");
    }
    Schedule schedule = schedules.schedules().get(name);
    if (schedule != null) {
      return schedule.people().stream()
          .filter(person -> !reaches(person))
          .findFirst()
          .map(person -> "schedule '%s': %s".formatted(name, mute(person)));
    }
    return Optional.of(
        people.people().containsKey(name)
            ? mute(name)
            : "'%s' is no channel, no team, no schedule, no person with contacts and in no team with a channel (%s)"
                .formatted(name, Nearest.advice(name, known())));
  }

  private static String mute(String person) {
    return "'%s' has neither contacts in people nor a team with a channel: nobody would be called"
        .formatted(person);
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(channels);
    known.addAll(teams.teams().keySet());
    known.addAll(schedules.schedules().keySet());
    known.addAll(people.people().keySet());
    return known;
  }

  /** Names that would mean two things; a sentence for each. */
  public List<String> ambiguities() {
    return schedules.schedules().keySet().stream()
        .filter(name -> channels.contains(name) || teams.has(name) || isPerson(name))
        .map(
            name ->
                "schedules.%s: this is also the name of a channel, a team or a person; call it differently"
                    .formatted(name))
        .toList();
  }

  private boolean isPerson(String name) {
    return people.people().containsKey(name) || !teams.teamsOf(name).isEmpty();
  }
}
