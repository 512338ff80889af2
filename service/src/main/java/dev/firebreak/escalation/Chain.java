package dev.firebreak.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.oncall.Schedule;
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
 */
public record Chain(List<Link> links, int repeat, ZoneId timezone) {
  private static final int MOST_LINKS = 50;
  private static final int MOST_REPEATS = 20;

  /** A chain whose links do not ask for the time. */
  public Chain(List<Link> links, int repeat) {
    this(links, repeat, ZoneOffset.UTC);
  }

  /** As configuration writes it. */
  @JsonCreator
  static Chain of(
      @JsonProperty("links") @Nullable List<Link> links,
      @JsonProperty("repeat") int repeat,
      @JsonProperty("timezone") @Nullable String timezone) {
    return new Chain(
        links == null ? List.of() : links,
        repeat,
        timezone == null ? ZoneOffset.UTC : Schedule.zone(timezone));
  }

  public Chain {
    if (links.isEmpty() || links.size() > MOST_LINKS) {
      throw new IllegalArgumentException("'links' of a chain must be 1 to 50: who is called?");
    }
    if (repeat < 0 || repeat > MOST_REPEATS) {
      throw new IllegalArgumentException("'repeat' of a chain must be from 0 to 20, not " + repeat);
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
