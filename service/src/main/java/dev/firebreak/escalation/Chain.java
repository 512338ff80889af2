package dev.firebreak.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import dev.firebreak.oncall.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is called, one link after the other, until somebody acknowledges.
 *
 * @param links in order; never empty, at most 50
 * @param repeat how often the whole chain is walked again, 0 to 20; 0 when not given
 * @param timezone in which links ask for hour and weekday; UTC when not given
 * @param quiet after so long without a word of a human, whoever acknowledged is asked again, and
 *     then the chain is called again; 5m to 24h, {@link #NEVER}, or null for what the site says
 */
public record Chain(List<Link> links, int repeat, ZoneId timezone, @Nullable Duration quiet) {
  /** Nobody is asked again, whatever the site says. */
  public static final Duration NEVER = Duration.ZERO;

  private static final int MOST_LINKS = 50;
  private static final int MOST_REPEATS = 20;
  private static final Duration SHORTEST_QUIET = Duration.ofMinutes(5);
  private static final Duration LONGEST_QUIET = Duration.ofHours(24);

  /** A chain whose links do not ask for the time. */
  public Chain(List<Link> links, int repeat) {
    this(links, repeat, ZoneOffset.UTC, null);
  }

  /** As configuration writes it. */
  @JsonCreator
  static Chain of(
      @JsonProperty("links") @Nullable List<Link> links,
      @JsonProperty("repeat") int repeat,
      @JsonProperty("timezone") @Nullable String timezone,
      @JsonProperty("quiet") @Nullable String quiet) {
    return new Chain(
        links == null ? List.of() : links,
        repeat,
        timezone == null ? ZoneOffset.UTC : Schedule.zone(timezone),
        quiet(quiet));
  }

  private static @Nullable Duration quiet(@Nullable String written) {
    if (written == null) {
      return null;
    }
    return written.equals("never") ? NEVER : Durations.parse(written);
  }

  /** The same; where it does not say when it is too quiet, this does. */
  Chain quietAfter(Duration usual) {
    return quiet == null ? new Chain(links, repeat, timezone, usual) : this;
  }

  public Chain {
    if (links.isEmpty() || links.size() > MOST_LINKS) {
      throw new IllegalArgumentException("'links' of a chain must be 1 to 50: who is called?");
    }
    if (repeat < 0 || repeat > MOST_REPEATS) {
      throw new IllegalArgumentException("'repeat' of a chain must be from 0 to 20, not " + repeat);
    }
    if (quiet != null
        && !quiet.equals(NEVER)
        && (quiet.compareTo(SHORTEST_QUIET) < 0 || quiet.compareTo(LONGEST_QUIET) > 0)) {
      throw new IllegalArgumentException(
          "'quiet' of a chain must be 'never' or from 5m to 24h, not " + Durations.text(quiet));
    }
    if (links.stream().allMatch(link -> link.when() != null)) {
      throw new IllegalArgumentException(
          "every link of a chain has a 'when', so at times nobody would be called: give one of"
              + " them none");
    }
    links = List.copyOf(links);
  }

  /** How many calls there are in all. */
  int levels() {
    return links.size() * (repeat + 1);
  }

  /** The link that is called at a level, from 0. */
  Link at(int level) {
    return links.get(level % links.size());
  }
}
