package dev.firebreak.notify;

import dev.firebreak.access.Teams;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who hears that a gate asks them, and how: a team by its channel, a person by those of the
 * person's teams and by every contact of their own. Immutable.
 *
 * @param channels one message each
 * @param contacts by person, one message each
 * @param silent whom of those asked nobody can tell
 */
public record Audience(
    Set<String> channels, Map<String, List<Contact>> contacts, List<String> silent) {
  /**
   * Of these who are asked.
   *
   * @param asked names of people and teams; any other name is of somebody whom nobody can tell
   * @param invited which contacts get a message of another kind, and therefore not this one
   */
  public static Audience of(
      List<String> asked, Teams teams, People people, Predicate<Contact> invited) {
    Map<String, List<Contact>> contacts = new LinkedHashMap<>();
    for (String name : asked) {
      List<Contact> own =
          teams.has(name)
              ? List.of()
              : people.contacts(name).stream().filter(invited.negate()).toList();
      if (!own.isEmpty()) {
        contacts.put(name, own);
      }
    }
    return new Audience(
        teams.channelsOf(asked),
        contacts,
        teams.silent(asked).stream().filter(name -> people.contacts(name).isEmpty()).toList());
  }

  /**
   * The same, where others hear what somebody who is asked would not; then nobody is silent.
   *
   * @param others channels; none changes nothing
   */
  public Audience and(Set<String> others) {
    Set<String> all = new LinkedHashSet<>(channels);
    all.addAll(others);
    return others.isEmpty() ? this : new Audience(all, contacts, List.of());
  }
}
