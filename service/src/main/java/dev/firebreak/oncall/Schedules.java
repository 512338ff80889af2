package dev.firebreak.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.firebreak.core.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The section {@code schedules} of the configuration. Immutable.
 *
 * @param schedules by the name chains and gates use
 */
public record Schedules(Map<String, Schedule> schedules) {
  /** No schedules. */
  public static final Schedules NONE = new Schedules(Map.of());

  /** How far ahead gaps are looked for. */
  public static final Duration AHEAD = Duration.ofDays(28);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Schedules(Map<String, Schedule> schedules) {
    schedules.keySet().stream()
        .filter(name -> !name.matches("[a-z0-9]+(-[a-z0-9]+)*"))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "the name of a schedule is small letters, digits and hyphens, not '%s'"
                      .formatted(name));
            });
    this.schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
  }

  /**
   * What is wrong with these schedules; empty if fine.
   *
   * @param known everybody there is: people, and members of teams
   */
  public List<String> problems(Collection<String> known) {
    List<String> problems = new ArrayList<>();
    schedules.forEach(
        (name, schedule) -> {
          for (int i = 0; i < schedule.rotations().size(); i++) {
            String place = "schedules.%s.rotations[%d].people: ".formatted(name, i);
            schedule.rotations().get(i).people().stream()
                .filter(person -> !known.contains(person))
                .map(person -> stranger(person, known))
                .forEach(what -> problems.add(place + what));
          }
        });
    return List.copyOf(problems);
  }

  /** What to say of a name nobody has. */
  static String stranger(String name, Collection<String> known) {
    return "'%s' is neither in people nor in a team (%s)"
        .formatted(name, Nearest.advice(name, known));
  }

  /** A sentence for each schedule that leaves hours open within the next four weeks. */
  public List<String> gaps(Instant now) {
    Span ahead = new Span(now, now.plus(AHEAD));
    List<String> found = new ArrayList<>();
    schedules.forEach(
        (name, schedule) -> {
          List<Span> gaps = Roster.planned(schedule).gaps(ahead);
          if (!gaps.isEmpty()) {
            found.add(gap(name, gaps));
          }
        });
    return List.copyOf(found);
  }

  private static String gap(String name, List<Span> gaps) {
    Span first = gaps.getFirst();
    return "schedules.%s: nobody is on call from %s to %s%s; add a rotation for these hours, or an override"
        .formatted(
            name,
            first.from(),
            first.to(),
            gaps.size() == 1
                ? ""
                : ", and %d more times in the next 28 days".formatted(gaps.size() - 1));
  }
}
