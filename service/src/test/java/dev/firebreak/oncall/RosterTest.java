package dev.firebreak.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void week_overTheEndOfSummerTime_isHandedOverAtNineOfTheWall() {
    Roster roster = planned(weekly("2026-10-19"), BERLIN);

    assertThat(roster.shifts(span("2026-10-19T07:00:00Z", "2026-11-09T08:00:00Z")))
        .containsExactly(
            shift("ana", "2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z"),
            shift("bo", "2026-10-26T08:00:00Z", "2026-11-02T08:00:00Z"),
            shift("ana", "2026-11-02T08:00:00Z", "2026-11-09T08:00:00Z"));
  }

  @Test
  void week_overTheBeginningOfSummerTime_isAnHourShorter() {
    Shift shift =
        planned(weekly("2027-03-22"), BERLIN)
            .shifts(span("2027-03-22T08:00:00Z", "2027-03-29T07:00:00Z"))
            .getFirst();

    assertThat(Duration.between(shift.span().from(), shift.span().to()))
        .isEqualTo(Duration.ofHours(7 * 24 - 1));
  }

  @Test
  void handover_atATimeTheClocksJumpOver_isWhenTheyJump() {
    Roster roster = planned(daily("2027-03-27", "02:30"), BERLIN);

    assertThat(roster.shifts(span("2027-03-27T01:30:00Z", "2027-03-29T00:30:00Z")))
        .containsExactly(
            shift("ana", "2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z"),
            shift("bo", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z"));
  }

  @Test
  void handover_atATimeTheClocksShowTwice_isTheFirst() {
    Roster roster = planned(daily("2026-10-24", "02:30"), BERLIN);

    assertThat(roster.at(Instant.parse("2026-10-25T00:29:59Z"))).contains("ana");
    assertThat(roster.at(Instant.parse("2026-10-25T00:30:00Z"))).contains("bo");
    assertThat(roster.at(Instant.parse("2026-10-25T01:30:00Z"))).contains("bo");
  }

  @Test
  void hours_leaveTheRestToTheNextRotation_andWhatNobodyHasIsAGap() {
    Rotation office =
        Rotation.of(
            List.of("ana"),
            "1w",
            "monday 09:00",
            "2026-11-02",
            List.of("monday-friday 09:00-17:00"));
    Rotation nights =
        Rotation.of(List.of("cy"), "1d", "17:00", "2026-11-02", List.of("daily 17:00-08:00"));
    Roster roster = Roster.planned(new Schedule(BERLIN, List.of(office, nights)));

    Span monday = span("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z");
    assertThat(roster.shifts(monday))
        .containsExactly(
            shift("ana", "2026-11-02T08:00:00Z", "2026-11-02T16:00:00Z"),
            shift("cy", "2026-11-02T16:00:00Z", "2026-11-03T07:00:00Z"));
    assertThat(roster.gaps(monday))
        .containsExactly(span("2026-11-03T07:00:00Z", "2026-11-03T08:00:00Z"));
  }

  @Test
  void beforeTheFirstHandover_nobodyHasIt() {
    assertThat(planned(weekly("2026-11-03"), BERLIN).at(Instant.parse("2026-11-09T07:59:59Z")))
        .isEmpty();
    assertThat(planned(weekly("2026-11-03"), BERLIN).at(Instant.parse("2026-11-09T08:00:00Z")))
        .contains("ana");
  }

  @Test
  void cover_takesTheStretch_andTheLaterOfTwoCounts() {
    Span day = span("2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z");
    Span noon = span("2026-11-03T11:00:00Z", "2026-11-03T13:00:00Z");
    Roster roster =
        new Roster(
            new Schedule(BERLIN, List.of(weekly("2026-11-02"))),
            List.of(cover("cov_1", "bo", day), cover("cov_2", "cy", noon)),
            List.of());

    assertThat(roster.shifts(span("2026-11-02T20:00:00Z", "2026-11-04T10:00:00Z")))
        .containsExactly(
            shift("ana", "2026-11-02T20:00:00Z", "2026-11-03T00:00:00Z"),
            new Shift("bo", span("2026-11-03T00:00:00Z", "2026-11-03T11:00:00Z"), "ana"),
            new Shift("cy", noon, "ana"),
            new Shift("bo", span("2026-11-03T13:00:00Z", "2026-11-04T00:00:00Z"), "ana"),
            shift("ana", "2026-11-04T00:00:00Z", "2026-11-04T10:00:00Z"));
  }

  @Test
  void absence_callsTheSubstitute_alsoOfASubstitute_andNeverNobody() {
    Span day = span("2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z");
    Instant noon = Instant.parse("2026-11-03T12:00:00Z");

    assertThat(new StandIns(List.of(away("ana", "bo", day))).of("ana", noon)).isEqualTo("bo");
    assertThat(new StandIns(List.of(away("ana", "bo", day), away("bo", "cy", day))).of("ana", noon))
        .isEqualTo("cy");
    assertThat(
            new StandIns(List.of(away("ana", "bo", day), away("bo", "ana", day))).of("ana", noon))
        .isEqualTo("ana");
    assertThat(new StandIns(List.of(away("ana", "bo", day))).of("ana", day.to())).isEqualTo("ana");
  }

  /** Over years and zones: no moment twice, none left out, and every hand-over at its own time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "UTC",
        "Africa/Casablanca"
      })
  void shifts_ofAnyRotation_followOneAnotherWithoutHole(String zone) {
    Random dice = new Random(7);
    for (int i = 0; i < 40; i++) {
      ZoneId where = ZoneId.of(zone);
      Rotation rotation = any(dice);
      Span years =
          new Span(
              Instant.parse("2011-06-01T00:00:00Z"),
              Instant.parse("2011-06-01T00:00:00Z").plus(Duration.ofDays(400 + dice.nextInt(300))));
      Roster roster = planned(rotation, where);
      List<Shift> shifts = roster.shifts(years);

      assertThat(roster.gaps(years)).isEmpty();
      Instant at = years.from();
      for (Shift shift : shifts) {
        assertThat(shift.span().from()).isEqualTo(at);
        assertThat(roster.at(shift.span().from())).contains(shift.person());
        assertThat(roster.at(shift.span().to().minusMillis(1))).contains(shift.person());
        assertOnTheWall(rotation, where, at, years.from());
        at = shift.span().to();
      }
      assertThat(at).isEqualTo(years.to());
    }
  }

  /** A hand-over shows its own time on the wall, or is the moment the clocks jump over it. */
  private static void assertOnTheWall(Rotation rotation, ZoneId zone, Instant at, Instant begin) {
    LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
    boolean jump = zone.getRules().getTransition(shown) == null && isJump(zone, at);
    if (!at.equals(begin) && !jump) {
      long minutes = Duration.between(rotation.start(0), shown).toMinutes();
      long hour = rotation.every().unit().getDuration().toMinutes() * rotation.every().amount();
      assertThat(minutes % hour).as("%s in %s", at, zone).isZero();
    }
  }

  private static boolean isJump(ZoneId zone, Instant at) {
    return !zone.getRules().getOffset(at).equals(zone.getRules().getOffset(at.minusMillis(1)));
  }

  private static Rotation any(Random dice) {
    LocalDate from = LocalDate.of(2010, 1, 1).plusDays(dice.nextInt(300));
    String time = LocalTime.of(dice.nextInt(24), dice.nextInt(4) * 15).toString();
    List<String> people = List.of("ana", "bo", "cy").subList(0, 2 + dice.nextInt(2));
    return switch (dice.nextInt(3)) {
      case 0 -> Rotation.of(people, (1 + dice.nextInt(30)) + "h", time, from.toString(), null);
      case 1 -> Rotation.of(people, (1 + dice.nextInt(4)) + "d", time, from.toString(), null);
      default ->
          Rotation.of(people, (1 + dice.nextInt(3)) + "w", "sunday " + time, from.toString(), null);
    };
  }

  private static Roster planned(Rotation rotation, ZoneId zone) {
    return Roster.planned(new Schedule(zone, List.of(rotation)));
  }

  private static Rotation weekly(String from) {
    return Rotation.of(List.of("ana", "bo"), "1w", "monday 09:00", from, null);
  }

  private static Rotation daily(String from, String at) {
    return Rotation.of(List.of("ana", "bo"), "1d", at, from, null);
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from), Instant.parse(to));
  }

  private static Shift shift(String person, String from, String to) {
    return new Shift(person, span(from, to), null);
  }

  private static Cover cover(String id, String person, Span span) {
    return new Cover(id, "cache-primary", person, span, "", "ana", span.from());
  }

  private static Absence away(String person, String substitute, Span span) {
    return new Absence("abs_" + person, person, substitute, span, "", person, span.from());
  }
}
