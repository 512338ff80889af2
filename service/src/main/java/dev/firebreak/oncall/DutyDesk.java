package dev.firebreak.oncall;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The schedules of the configuration with what people changed since. Thread-safe. */
public final class DutyDesk implements OnCall {
  private final Schedules schedules;
  private final Covers covers;
  private final Absences absences;

  public DutyDesk(Schedules schedules, Covers covers, Absences absences) {
    this.schedules = schedules;
    this.covers = covers;
    this.absences = absences;
  }

  /** The schedules as they were planned. */
  public Schedules schedules() {
    return schedules;
  }

  @Override
  public boolean has(String schedule) {
    return schedules.schedules().containsKey(schedule);
  }

  @Override
  public Optional<String> at(Tx tx, String schedule, Instant moment) {
    return roster(tx, schedule, moment(moment)).flatMap(roster -> roster.at(moment));
  }

  @Override
  public String standIn(Tx tx, String person, Instant moment) {
    return new StandIns(absences.of(tx, moment(moment))).of(person, moment);
  }

  /**
   * For what a person answers at a moment besides for themselves: the schedules on which they are
   * on call, and the people in whose place they stand.
   */
  public Set<String> seats(Tx tx, String person, Instant moment) {
    Set<String> seats = new TreeSet<>();
    for (String schedule : schedules.schedules().keySet()) {
      at(tx, schedule, moment).filter(person::equals).ifPresent(on -> seats.add(schedule));
    }
    List<Absence> away = absences.of(tx, moment(moment));
    StandIns standIns = new StandIns(away);
    away.stream()
        .map(Absence::person)
        .filter(absent -> !absent.equals(person))
        .filter(absent -> standIns.of(absent, moment).equals(person))
        .forEach(seats::add);
    return seats;
  }

  /** Who really has which shift within a span; empty when there is no such schedule. */
  public Optional<Roster> roster(Tx tx, String schedule, Span span) {
    return Optional.ofNullable(schedules.schedules().get(schedule))
        .map(planned -> new Roster(planned, covers.of(tx, schedule, span), absences.of(tx, span)));
  }

  private static Span moment(Instant moment) {
    return new Span(moment, moment.plusMillis(1));
  }
}
