package dev.firebreak.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The section {@code people} of the configuration. Immutable.
 *
 * @param people by name
 */
public record People(Map<String, Person> people) {
  /** Nobody. */
  public static final People NONE = new People(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public People(Map<String, Person> people) {
    this.people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
  }

  /** A person's own ways, in order; empty when none is known. */
  public List<Contact> contacts(String name) {
    Person person = people.get(name);
    return person == null ? List.of() : person.contacts();
  }

  /** Whose contact an address of a channel is; empty when it is nobody's, or of several. */
  public Optional<String> whose(String channel, String address) {
    Contact contact = new Contact(channel, address);
    List<String> found =
        people.entrySet().stream()
            .filter(person -> person.getValue().contacts().contains(contact))
            .map(Map.Entry::getKey)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /**
   * What is wrong with these contacts; empty if fine.
   *
   * @param fault what the channel of a contact says of its address, empty if fine
   */
  public List<String> problems(Function<Contact, Optional<String>> fault) {
    List<String> problems = new ArrayList<>();
    people.forEach(
        (name, person) -> {
          for (int i = 0; i < person.contacts().size(); i++) {
            String place = "people.%s.contacts[%d]: ".formatted(name, i);
            fault.apply(person.contacts().get(i)).ifPresent(what -> problems.add(place + what));
          }
        });
    return List.copyOf(problems);
  }
}
