package dev.firebreak.core;

import java.time.Instant;
import java.util.Optional;

/** Work that waits for time. A turn is a method; the loop is somebody else's. */
@FunctionalInterface
public interface Turn {
  /**
   * Does what is due and returns.
   *
   * @param now the time this turn is for
   * @return when the next turn is due, empty when nothing waits
   */
  Optional<Instant> turn(Instant now);
}
