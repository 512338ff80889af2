package dev.firebreak.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is called, one link after the other, until somebody acknowledges.
 *
 * @param links in order; never empty, at most 50
 * @param repeat how often the whole chain is walked again, 0 to 20; 0 when not given
 */
public record Chain(List<Link> links, int repeat) {
  private static final int MOST_LINKS = 50;
  private static final int MOST_REPEATS = 20;

  @JsonCreator
  public Chain(
      @JsonProperty("links") @Nullable List<Link> links, @JsonProperty("repeat") int repeat) {
    if (links == null || links.isEmpty() || links.size() > MOST_LINKS) {
      throw new IllegalArgumentException("'links' of a chain must be 1 to 50: who is called?");
    }
    if (repeat < 0 || repeat > MOST_REPEATS) {
      throw new IllegalArgumentException("'repeat' of a chain must be from 0 to 20, not " + repeat);
    }
    this.links = List.copyOf(links);
    this.repeat = repeat;
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
