package dev.firebreak.guard.recurrence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code repetition} of the configuration: when the same fix for the same target hides
 * a cause.
 *
 * @param times so many runs that made it are a problem; 0 for never
 * @param within how far back they count
 * @param ticket the system of {@code tickets} that gets a ticket; empty for the only one there is
 */
public record RepetitionSettings(int times, Duration within, String ticket) {
  private static final Duration MOST = Duration.ofDays(90);

  /** What holds when nothing is said. */
  public static final RepetitionSettings USUAL = new RepetitionSettings(5, Duration.ofDays(7), "");

  public RepetitionSettings {
    if (times != 0 && times < 2) {
      throw new IllegalArgumentException("repetition.times: must be at least 2, or 0 for never");
    }
    if (!within.isPositive() || within.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("repetition.within: must be longer than 0s, at most 90d");
    }
  }

  @JsonCreator
  static RepetitionSettings of(
      @JsonProperty("times") @Nullable Integer times,
      @JsonProperty("within") @Nullable String within,
      @JsonProperty("ticket") @Nullable String ticket) {
    return new RepetitionSettings(
        times == null ? USUAL.times : times,
        within == null ? USUAL.within : Durations.parse(within),
        Objects.requireNonNullElse(ticket, ""));
  }

  /** What is wrong with it, given the ticket systems there are; empty if fine. */
  public List<String> problems(Set<String> systems) {
    return ticket.isEmpty() || systems.contains(ticket)
        ? List.of()
        : List.of(
            "repetition.ticket: there is no ticket system '%s' (there are: %s)"
                .formatted(ticket, systems.isEmpty() ? "none" : String.join(", ", systems)));
  }

  /** The system that gets the ticket; empty when none does. */
  public String systemOf(Set<String> systems) {
    return ticket.isEmpty() && systems.size() == 1 ? systems.iterator().next() : ticket;
  }
}
