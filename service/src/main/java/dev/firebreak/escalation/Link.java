package dev.firebreak.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One link of a chain: who is called, and how long they have to acknowledge.
 *
 * @param called channels, teams, schedules or people; never empty
 * @param within until the next link is called, or the chain ends; 10s to 24h
 * @param when only then, or null for always
 */
public record Link(List<String> called, Duration within, @Nullable Condition when) {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final Scope SCOPE =
      new Scope(false, false, false, false, false, Set.of(), Set.of(), Occasion.NAMES, Set.of());

  /** A link that is always called. */
  public Link(List<String> called, Duration within) {
    this(called, within, null);
  }

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
      @JsonProperty("wait") @Nullable String wait,
      @JsonProperty("when") @Nullable String when) {
    if (wait == null) {
      throw new IllegalArgumentException("'wait' of a link is missing: how long until the next?");
    }
    return new Link(
        notify == null ? List.of() : notify,
        Durations.parse(wait),
        when == null ? null : condition(when));
  }

  private static Condition condition(String when) {
    try {
      return Cel.condition(when, SCOPE);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(
          "'when' of a link may ask severity, hour and weekday: " + e.getMessage(), e);
    }
  }

  /**
   * Whether it is called: also when nobody can tell, because a call too many is better than none.
   */
  boolean calls(Supplier<Occasion> occasion) {
    try {
      return when == null || when.test(occasion.get().asModel());
    } catch (ExpressionException e) {
      return true;
    }
  }
}
