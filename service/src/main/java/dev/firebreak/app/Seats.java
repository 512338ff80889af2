package dev.firebreak.app;

import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.oncall.DutyDesk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whom a person speaks for at gates: their teams, the schedules on which they are on call, whoever
 * is away and named them as substitute, and that one's teams. Thread-safe.
 */
final class Seats implements Function<String, Set<String>> {
  private final Teams teams;
  private final DutyDesk duty;
  private final Ledger ledger;
  private final InstantSource clock;

  Seats(Teams teams, DutyDesk duty, Ledger ledger, InstantSource clock) {
    this.teams = teams;
    this.duty = duty;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Set<String> apply(String person) {
    Set<String> seats = new TreeSet<>(teams.teamsOf(person));
    for (String seat : ledger.read(tx -> duty.seats(tx, person, clock.instant()))) {
      seats.add(seat);
      seats.addAll(teams.teamsOf(seat));
    }
    return seats;
  }

  /** Everybody who can answer for these now. */
  Optional<Set<String>> people(Tx tx, List<String> asked, Instant now) {
    Set<String> people = new TreeSet<>();
    for (String name : asked) {
      if (duty.has(name)) {
        duty.at(tx, name, now).ifPresent(people::add);
      } else {
        Team team = teams.teams().get(name);
        for (String person : team == null ? List.of(name) : team.members()) {
          people.add(person);
          people.add(duty.standIn(tx, person, now));
        }
      }
    }
    return Optional.of(people);
  }

  /**
   * Who sits there now: of a schedule whoever is on call, of somebody who is away the substitute.
   */
  List<String> taken(Tx tx, List<String> asked) {
    List<String> people = new ArrayList<>();
    for (String name : asked) {
      people.add(
          duty.has(name)
              ? duty.at(tx, name, clock.instant()).orElse(name)
              : duty.standIn(tx, name, clock.instant()));
    }
    return people.stream().distinct().toList();
  }
}
