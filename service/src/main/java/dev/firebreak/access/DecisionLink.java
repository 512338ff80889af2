package dev.firebreak.access;

import dev.firebreak.core.Seal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a link by which one person decides one plan says. It decides nothing by itself and is worth
 * no more than that person's own word: role, plan and gate are looked at when it is used.
 *
 * @param run the run the gate belongs to
 * @param planHash of the plan the person was shown
 * @param person who decides with it
 * @param expiresAt when it is worth nothing any more
 */
public record DecisionLink(
    String run, String gate, String planHash, String person, Instant expiresAt) {
  /** What its seal is for. */
  public static final String PURPOSE = "firebreak decision link v1";

  private static final int WORDS = 5;

  /** As it stands in an address. */
  public String sealed(Seal seal) {
    return seal.close(List.of(run, gate, planHash, person, expiresAt.toString()));
  }

  /** What a link says; empty when it is forged, altered or cut off. */
  public static Optional<DecisionLink> open(Seal seal, String sealed) {
    return seal.open(sealed).filter(words -> words.size() == WORDS).flatMap(DecisionLink::of);
  }

  private static Optional<DecisionLink> of(List<String> words) {
    try {
      return Optional.of(
          new DecisionLink(
              words.get(0), words.get(1), words.get(2), words.get(3), Instant.parse(words.get(4))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** As a message that waits to be sent keeps it: without seal, so that nobody decides with it. */
  public Map<String, Object> asPayload() {
    return Map.of(
        "run",
        run,
        "gate",
        gate,
        "plan",
        planHash,
        "person",
        person,
        "until",
        expiresAt.toString());
  }

  /** The link a message asks for; empty when it asks for none. */
  public static Optional<DecisionLink> ofPayload(@Nullable Object payload) {
    return payload instanceof Map<?, ?> map
        ? of(
            List.of(
                text(map, "run"),
                text(map, "gate"),
                text(map, "plan"),
                text(map, "person"),
                text(map, "until")))
        : Optional.empty();
  }

  private static String text(Map<?, ?> map, String key) {
    return String.valueOf(map.get(key));
  }
}
