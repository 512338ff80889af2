package dev.firebreak.escalation;

import dev.firebreak.calendar.CalendarFile;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Nearest;
import dev.firebreak.core.Tx;
import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.Absences;
import dev.firebreak.oncall.Board;
import dev.firebreak.oncall.Cover;
import dev.firebreak.oncall.Covers;
import dev.firebreak.oncall.DutyDesk;
import dev.firebreak.oncall.Roster;
import dev.firebreak.oncall.Schedule;
import dev.firebreak.oncall.Span;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What people look up and change of who is on call. Every change is in the journal of the site:
 * there is no incident it belongs to. Thread-safe.
 */
public final class ShiftDesk {
  /** The longest stretch that is shown at once. */
  public static final Duration LONGEST_VIEW = Duration.ofDays(100);

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration IMPORTED = Duration.ofDays(91);

  /** Before {@code cov}: what people take by hand counts over what a calendar says. */
  private static final String IMPORT = "cal";

  private static final int MOST = 300;
  private static final String SITE = "site";

  private final Parts parts;
  private final Set<String> people;
  private final Ids ids;
  private final InstantSource clock;

  /** Where all of it is kept. */
  public record Parts(
      Ledger ledger, DutyDesk duty, Covers covers, Absences absences, Journal journal) {}

  /**
   * @param people everybody who may be named
   */
  public ShiftDesk(Parts parts, Set<String> people, Ids ids, InstantSource clock) {
    this.parts = parts;
    this.people = Set.copyOf(people);
    this.ids = ids;
    this.clock = clock;
  }

  /** A change that cannot be made; the message says why and what can. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** The names of all schedules, in the order of the configuration. */
  public List<String> schedules() {
    return List.copyOf(parts.duty().schedules().schedules().keySet());
  }

  /** Everybody who may be named, sorted. */
  public List<String> people() {
    return people.stream().sorted().toList();
  }

  /** One schedule; empty when there is none of this name. */
  public Optional<Board> board(String schedule, Span span) {
    return parts.ledger().read(tx -> board(tx, schedule, span));
  }

  private Optional<Board> board(Tx tx, String schedule, Span span) {
    Optional<Roster> roster = parts.duty().roster(tx, schedule, span);
    return roster.map(
        found ->
            new Board(
                schedule,
                found.timezone(),
                span,
                clock.instant(),
                found.shifts(span),
                found.gaps(span),
                parts.covers().of(tx, schedule, span)));
  }

  /** Who is away now or later, and who stands in. */
  public List<Absence> absences() {
    return parts.ledger().read(tx -> parts.absences().of(tx, ahead()));
  }

  private Span ahead() {
    Instant now = clock.instant();
    return new Span(now, now.plus(LONGEST.multipliedBy(2)));
  }

  /**
   * Somebody takes a stretch of a schedule.
   *
   * @param span what lies before now of it is left as it was
   * @return fails with {@link Refused}
   */
  public CompletableFuture<Cover> cover(
      String schedule, String person, Span span, String reason, Actor by) {
    return parts
        .ledger()
        .commit(
            tx -> {
              if (!parts.duty().has(schedule)) {
                throw new Refused("there is no schedule '" + schedule + "'");
              }
              known(person);
              Span wanted = future(span);
              room(parts.covers().of(tx, schedule, ahead()).size(), "overrides of this schedule");
              String instead =
                  String.join(
                      ", ",
                      board(tx, schedule, wanted).stream()
                          .flatMap(ShiftDesk::people)
                          .distinct()
                          .toList());
              Cover cover =
                  new Cover(
                      ids.next("cov"),
                      schedule,
                      person,
                      wanted,
                      reason,
                      by.asText(),
                      clock.instant());
              parts.covers().add(tx, cover);
              record(
                  tx,
                  by,
                  "oncall.override-added",
                  "%s takes %s from %s to %s instead of %s%s"
                      .formatted(
                          person,
                          schedule,
                          wanted.from(),
                          wanted.to(),
                          instead.isEmpty() ? "nobody" : instead,
                          because(reason)),
                  Map.of("override", cover.id(), "schedule", schedule, "person", person));
              return cover;
            });
  }

  /**
   * What an import did.
   *
   * @param made how many covers it made
   * @param removed how many of the import before it were taken back
   */
  public record Imported(int made, int removed) {}

  /**
   * Takes the shifts of a calendar as covers, in place of those of the import before: the calendar
   * is right wherever it says something, and the rotations where it says nothing.
   *
   * @param calendar {@link CalendarFile}; who has a shift is its summary, or its first invited one
   * @return fails with {@link Refused} naming what is wrong; nothing is changed then
   */
  public CompletableFuture<Imported> bring(String schedule, String calendar, Actor by) {
    Instant now = clock.instant();
    List<ImportedShifts.Stretch> shifts =
        new ImportedShifts(people).of(calendar, zone(schedule), new Span(now, now.plus(IMPORTED)));
    return parts.ledger().commit(tx -> bring(tx, schedule, shifts, by, now));
  }

  private ZoneId zone(String schedule) {
    Schedule known = parts.duty().schedules().schedules().get(schedule);
    if (known == null) {
      throw new Refused("there is no schedule '" + schedule + "'");
    }
    return known.timezone();
  }

  private Imported bring(
      Tx tx, String schedule, List<ImportedShifts.Stretch> shifts, Actor by, Instant now) {
    List<Cover> old =
        parts.covers().of(tx, schedule, ahead()).stream()
            .filter(cover -> cover.id().startsWith(IMPORT + "_"))
            .toList();
    old.forEach(cover -> parts.covers().remove(tx, cover.id()));
    room(parts.covers().of(tx, schedule, ahead()).size() + shifts.size() - 1, "overrides");
    for (ImportedShifts.Stretch shift : shifts) {
      parts
          .covers()
          .add(
              tx,
              new Cover(
                  ids.next(IMPORT),
                  schedule,
                  shift.person(),
                  shift.span(),
                  "from a calendar",
                  by.asText(),
                  now));
    }
    Imported done = new Imported(shifts.size(), old.size());
    record(
        tx,
        by,
        "oncall.calendar-imported",
        "%d shifts of %s come from a calendar, in place of %d"
            .formatted(done.made(), schedule, done.removed()),
        Map.of("schedule", schedule, "made", done.made(), "removed", done.removed()));
    return done;
  }

  private static java.util.stream.Stream<String> people(Board board) {
    return board.shifts().stream().map(dev.firebreak.oncall.Shift::person);
  }

  /**
   * Takes back a cover.
   *
   * @return fails with {@link Refused} when the schedule has none of this id
   */
  public CompletableFuture<Cover> uncover(String schedule, String id, Actor by) {
    return parts
        .ledger()
        .commit(
            tx -> {
              Cover cover =
                  parts
                      .covers()
                      .find(tx, id)
                      .filter(found -> found.schedule().equals(schedule))
                      .orElseThrow(
                          () -> new Refused("'%s' has no override '%s'".formatted(schedule, id)));
              parts.covers().remove(tx, id);
              record(
                  tx,
                  by,
                  "oncall.override-removed",
                  "%s no longer takes %s from %s to %s"
                      .formatted(cover.person(), schedule, cover.span().from(), cover.span().to()),
                  Map.of("override", id, "schedule", schedule, "person", cover.person()));
              return cover;
            });
  }

  /**
   * Somebody is away and another one stands in.
   *
   * @return fails with {@link Refused}
   */
  public CompletableFuture<Absence> away(
      String person, String substitute, Span span, String reason, Actor by) {
    return parts
        .ledger()
        .commit(
            tx -> {
              known(person);
              known(substitute);
              if (person.equals(substitute)) {
                throw new Refused("nobody stands in for themselves: name somebody else");
              }
              room(parts.absences().of(tx, ahead()).size(), "absences");
              Absence absence =
                  new Absence(
                      ids.next("abs"),
                      person,
                      substitute,
                      future(span),
                      reason,
                      by.asText(),
                      clock.instant());
              parts.absences().add(tx, absence);
              record(
                  tx,
                  by,
                  "oncall.absence-added",
                  "%s stands in for %s from %s to %s%s"
                      .formatted(
                          substitute,
                          person,
                          absence.span().from(),
                          absence.span().to(),
                          because(reason)),
                  Map.of("absence", absence.id(), "person", person, "substitute", substitute));
              return absence;
            });
  }

  /**
   * Takes back an absence.
   *
   * @param any whether somebody else's too
   * @return fails with {@link Refused} when there is none of this id, or it is somebody else's
   */
  public CompletableFuture<Absence> back(String id, boolean any, Actor by) {
    return parts
        .ledger()
        .commit(
            tx -> {
              Absence absence =
                  parts
                      .absences()
                      .find(tx, id)
                      .filter(found -> any || found.person().equals(by.name()))
                      .orElseThrow(() -> new Refused("you have no absence '" + id + "'"));
              parts.absences().remove(tx, id);
              record(
                  tx,
                  by,
                  "oncall.absence-removed",
                  "%s no longer stands in for %s".formatted(absence.substitute(), absence.person()),
                  Map.of("absence", id, "person", absence.person()));
              return absence;
            });
  }

  private void known(String person) {
    if (!people.contains(person)) {
      throw new Refused(
          "'%s' is neither in people nor in a team (%s)"
              .formatted(person, Nearest.advice(person, people)));
    }
  }

  private Span future(Span span) {
    Instant now = clock.instant();
    if (!span.to().isAfter(now)) {
      throw new Refused("'to' must be in the future: who was on call stays as it was");
    }
    if (Duration.between(span.from(), span.to()).compareTo(LONGEST) > 0
        || span.to().isAfter(now.plus(LONGEST))) {
      throw new Refused("'to' must be within 366 days");
    }
    return span.from().isBefore(now) ? new Span(now, span.to()) : span;
  }

  private static void room(int there, String what) {
    if (there >= MOST) {
      throw new Refused("there are %d %s already; remove some".formatted(there, what));
    }
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  private void record(Tx tx, Actor by, String kind, String text, Map<String, Object> data) {
    var unused =
        parts
            .journal()
            .append(tx, new Note(SITE, clock.instant(), by.asText(), kind, null, null, text, data));
  }
}
