package dev.firebreak.oncall;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who stands in for whom. Immutable. */
record StandIns(List<Absence> absences) {
  StandIns {
    absences = List.copyOf(absences);
  }

  /**
   * Whoever answers for a person at a moment: the person, or a substitute who is there. When
   * everybody in turn is away, it is the person again: somebody must be called.
   */
  String of(String person, Instant moment) {
    Set<String> away = new HashSet<>();
    String now = person;
    while (away.add(now)) {
      Optional<String> next = substitute(now, moment);
      if (next.isEmpty()) {
        return now;
      }
      now = next.get();
    }
    return person;
  }

  /** Of two absences that meet, the later one counts. */
  private Optional<String> substitute(String person, Instant moment) {
    return absences.stream()
        .filter(absence -> absence.person().equals(person) && absence.span().holds(moment))
        .max(Comparator.comparing(Absence::id))
        .map(Absence::substitute);
  }
}
