package dev.firebreak.intake;

import dev.firebreak.alert.Parsed;
import dev.firebreak.core.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was read and matched, ready to be admitted.
 *
 * @param matches one for each item of {@code parsed}
 * @param replayOf the delivery it repeats, or null
 * @param by the source, or who replays
 */
record Incoming(
    String id,
    String source,
    Instant at,
    String mediaType,
    byte[] body,
    Parsed parsed,
    List<Matches> matches,
    @Nullable String replayOf,
    Actor by) {
  Incoming {
    matches = List.copyOf(matches);
  }
}
