package dev.firebreak.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One link of a chain: who is called, and how long they have to acknowledge.
 *
 * @param called channels, teams, schedules or people; never empty
 * @param within until the next link is called, or the chain ends; 10s to 24h
 */
public record Link(List<String> called, Duration within) {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  public Link {
    if (called.isEmpty() || called.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("'notify' of a link must name whom to call");
    }
    if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'wait' of a link must be from 10s to 24h, not " + Durations.text(within));
    }
    called = List.copyOf(called);
  }

  /** As configuration writes it: {@code {notify: ["#cache"], wait: 5m}}. */
  @JsonCreator
  static Link of(
      @JsonProperty("notify") @Nullable List<String> notify,
      @JsonProperty("wait") @Nullable String wait) {
    if (wait == null) {
      throw new IllegalArgumentException("'wait' of a link is missing: how long until the next?");
    }
    return new Link(notify == null ? List.of() : notify, Durations.parse(wait));
  }
}
