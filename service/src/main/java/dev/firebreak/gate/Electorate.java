package dev.firebreak.gate;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who can answer for the people, teams and schedules a gate asks; says when they are too few for
 * its quorum. Thread-safe when {@link #people} is.
 */
@FunctionalInterface
public interface Electorate {
  /** One nobody can count; it is never too small. */
  Electorate UNKNOWN = (tx, asked, now) -> Optional.empty();

  /** Everybody who could answer for these now; empty when nobody can say. */
  Optional<Set<String>> people(Tx tx, List<String> asked, Instant now);

  /**
   * Why those who are asked cannot be as many as are wanted; empty when they can.
   *
   * @param barred who may not decide, each with the reason
   */
  default Optional<String> lacks(
      Tx tx, List<String> asked, int quorum, Map<String, String> barred, Instant now) {
    return people(tx, asked, now)
        .map(TreeSet::new)
        .filter(people -> people.stream().filter(one -> !barred.containsKey(one)).count() < quorum)
        .map(people -> sentence(people, asked, quorum, barred));
  }

  private static String sentence(
      Set<String> people, List<String> asked, int quorum, Map<String, String> barred) {
    String can =
        people.stream()
            .filter(one -> !barred.containsKey(one))
            .collect(Collectors.joining(" and "));
    String cannot =
        people.stream()
            .filter(barred::containsKey)
            .map(one -> "; %s may not: %s".formatted(one, barred.get(one)))
            .collect(Collectors.joining());
    return "%s to approve, and of %s %s can%s"
        .formatted(
            quorum == 1 ? "1 person has" : quorum + " people have",
            String.join(", ", asked),
            can.isEmpty() ? "nobody" : "only " + can,
            cannot);
  }
}
