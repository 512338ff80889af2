package dev.firebreak.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a gate was opened under; it never changes.
 *
 * @param guards the guards an approval answers: one that asks later asks anew
 * @param barred who may not decide, each with the reason
 * @param notBefore nobody approves before this, or null
 */
public record Terms(List<String> guards, Map<String, String> barred, @Nullable Instant notBefore) {
  /** Those of a gate of old: an approval answers nobody. */
  public static final Terms NONE = new Terms(List.of(), Map.of(), null);

  public Terms {
    guards = List.copyOf(guards);
    barred = Map.copyOf(barred);
  }

  /** Why a person may not decide; empty when nothing speaks against it. */
  public Optional<String> bars(String person) {
    return Optional.ofNullable(barred.get(person));
  }

  /** Whether it is too early to approve. */
  public boolean early(Instant now) {
    return notBefore != null && now.isBefore(notBefore);
  }
}
