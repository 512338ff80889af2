package dev.firebreak.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is called. The name is the one of the person's token.
 *
 * @param contacts all of them are used for a call; at most 10
 * @param timezone where the person lives; UTC when not given
 */
public record Person(List<Contact> contacts, ZoneId timezone) {
  private static final int MOST = 10;

  public Person {
    if (contacts.size() > MOST) {
      throw new IllegalArgumentException("'contacts' of a person must be at most 10");
    }
    contacts = List.copyOf(contacts);
  }

  /** As configuration writes it. */
  @JsonCreator
  static Person of(
      @JsonProperty("contacts") @Nullable List<Contact> contacts,
      @JsonProperty("timezone") @Nullable String timezone) {
    return new Person(
        contacts == null ? List.of() : contacts,
        timezone == null ? ZoneOffset.UTC : Schedule.zone(timezone));
  }
}
