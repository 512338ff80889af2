package dev.firebreak.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  private static final String BERLIN = "Europe/Berlin";

  private static Span span(String from, String until, String zone, @Nullable String repeat) {
    return Span.parse(from, until, zone, repeat);
  }

  private static boolean holds(Span span, String local) {
    return span.at(Span.time("test", local, span.zone()).atZone(span.zone()).toInstant())
        .isPresent();
  }

  /** The days of a year on which it begins, by asking moment after moment. */
  private static List<String> begins(Span span, String from, int most) {
    List<String> days = new ArrayList<>();
    Optional<Span.Once> next = span.next(Instant.parse(from));
    while (next.isPresent() && days.size() < most) {
      days.add(next.get().from().atZone(span.zone()).toLocalDate().toString());
      next = span.next(next.get().from());
    }
    return days;
  }

  @Test
  void onceIsOnce_andItsEndIsOutside() {
    Span span = span("2026-12-20T18:00", "2027-01-03T06:00", BERLIN, null);
    assertThat(holds(span, "2026-12-20T17:59:59")).isFalse();
    assertThat(holds(span, "2026-12-20T18:00")).isTrue();
    assertThat(holds(span, "2027-01-03T05:59:59")).isTrue();
    assertThat(holds(span, "2027-01-03T06:00")).isFalse();
    assertThat(holds(span, "2027-12-21T18:00")).isFalse();
    assertThat(span.over()).contains(Instant.parse("2027-01-03T05:00:00Z"));
  }

  @Test
  void timeWithOffset_isTheSameMoment_inWhateverZone() {
    Span span = span("2026-12-20T18:00:00Z", "2026-12-20T20:00:00+01:00", BERLIN, null);
    assertThat(span.at(Instant.parse("2026-12-20T18:30:00Z"))).isPresent();
    assertThat(span.at(Instant.parse("2026-12-20T19:00:00Z"))).isEmpty();
    Span west = span("2026-12-20T18:00:00-05:00", "2026-12-20T19:00:00-05:00", "UTC", null);
    assertThat(west.at(Instant.parse("2026-12-20T23:30:00Z"))).isPresent();
  }

  @Test
  void weekend_holdsFromFridayEveningToMondayMorning_everyWeek() {
    Span span = span("2026-01-02T18:00", "2026-01-05T06:00", BERLIN, "FREQ=WEEKLY");
    assertThat(holds(span, "2026-11-20T17:59")).isFalse();
    assertThat(holds(span, "2026-11-20T18:00")).isTrue();
    assertThat(holds(span, "2026-11-22T12:00")).isTrue();
    assertThat(holds(span, "2026-11-23T05:59")).isTrue();
    assertThat(holds(span, "2026-11-23T06:00")).isFalse();
    assertThat(span.over()).isEmpty();
  }

  @Test
  void night_keepsItsHoursOnTheWall_whenTheClockIsChanged() {
    Span span = span("2026-01-01T22:00", "2026-01-02T06:00", BERLIN, "FREQ=DAILY");
    // 28 March 2027: the night has one hour less; 25 October 2026: one more
    Span.Once short7 = span.at(Instant.parse("2027-03-28T01:30:00Z")).orElseThrow();
    assertThat(Duration.between(short7.from(), short7.until())).isEqualTo(Duration.ofHours(7));
    Span.Once long9 = span.at(Instant.parse("2026-10-25T01:30:00Z")).orElseThrow();
    assertThat(Duration.between(long9.from(), long9.until())).isEqualTo(Duration.ofHours(9));
    assertThat(holds(span, "2026-07-01T05:59")).isTrue();
    assertThat(holds(span, "2026-07-01T06:00")).isFalse();
  }

  @Test
  void timeThatTheClockSkips_beginsWhenItIsChanged_andEndsAsIfItWasNot() {
    Span begins = span("2027-03-28T02:30", "2027-03-28T05:00", BERLIN, null);
    assertThat(begins.at(Instant.parse("2027-03-28T00:59:59Z"))).isEmpty();
    assertThat(begins.at(Instant.parse("2027-03-28T01:00:00Z"))).isPresent();
    Span ends = span("2027-03-28T00:30", "2027-03-28T02:30", BERLIN, null);
    assertThat(ends.at(Instant.parse("2027-03-28T01:29:59Z"))).isPresent();
    assertThat(ends.at(Instant.parse("2027-03-28T01:30:00Z"))).isEmpty();
  }

  @Test
  void timeThatComesTwice_beginsAtTheFirst_andEndsAtTheSecond() {
    Span span = span("2026-10-25T02:15", "2026-10-25T02:45", BERLIN, null);
    assertThat(span.at(Instant.parse("2026-10-25T00:15:00Z"))).isPresent();
    assertThat(span.at(Instant.parse("2026-10-25T01:44:59Z"))).isPresent();
    assertThat(span.at(Instant.parse("2026-10-25T01:45:00Z"))).isEmpty();
  }

  @Test
  void midnightThatIsSkipped_doesNotLoseTheDay() {
    // Cairo goes from 00:00 to 01:00 on the last Friday of April
    Span span = span("2026-04-24", "2026-04-25", "Africa/Cairo", null);
    Span.Once once = span.next(Instant.parse("2026-04-23T12:00:00Z")).orElseThrow();
    assertThat(Duration.between(once.from(), once.until())).isEqualTo(Duration.ofHours(23));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "FREQ=DAILY;INTERVAL=10 | 2026-01-11 2026-01-21 2026-01-31",
        "FREQ=WEEKLY;BYDAY=MO,FR | 2026-01-02 2026-01-05 2026-01-09",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SU | 2026-01-04 2026-01-15 2026-01-18",
        "FREQ=MONTHLY | 2026-02-01 2026-03-01 2026-04-01",
        "FREQ=MONTHLY;BYDAY=-1FR | 2026-01-30 2026-02-27 2026-03-27",
        "FREQ=MONTHLY;BYDAY=2TU | 2026-01-13 2026-02-10 2026-03-10",
        "FREQ=MONTHLY;BYMONTHDAY=-1 | 2026-01-31 2026-02-28 2026-03-31",
        "FREQ=MONTHLY;BYMONTHDAY=29;BYMONTH=1,2,3 | 2026-01-29 2026-03-29 2027-01-29",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,25 | 2026-12-24 2026-12-25 2027-12-24",
        "FREQ=YEARLY | 2027-01-01 2028-01-01 2029-01-01",
        "freq=daily;count=3 | 2026-01-02 2026-01-03",
        "FREQ=DAILY;UNTIL=20260103 | 2026-01-02 2026-01-03",
        "FREQ=DAILY;UNTIL=20260102T230000Z;WKST=MO | 2026-01-02",
      })
  void rule_namesItsDays(String rule, String days) {
    Span span = span("2026-01-01T10:00", "2026-01-01T11:00", "UTC", rule);
    String[] expected = days.split(" ");
    assertThat(span.at(Instant.parse("2026-01-01T10:30:00Z"))).as("the first time").isPresent();
    List<String> found = begins(span, "2026-01-01T10:00:00Z", 3);
    assertThat(found).startsWith(expected);
    assertThat(found.size()).isEqualTo(expected.length);
  }

  @Test
  void leapDay_comesInLeapYearsOnly() {
    Span span = span("2024-02-29T00:00", "2024-03-01T00:00", "UTC", "FREQ=YEARLY");
    assertThat(holds(span, "2027-02-28T12:00")).isFalse();
    assertThat(holds(span, "2027-03-01T12:00")).isFalse();
    assertThat(holds(span, "2028-02-29T12:00")).isTrue();
  }

  @Test
  void exceptDay_doesNotBegin() {
    Span span =
        span("2026-01-01T22:00", "2026-01-02T06:00", BERLIN, "FREQ=DAILY")
            .except(Set.of(LocalDate.parse("2026-11-24")));
    assertThat(holds(span, "2026-11-24T05:00")).as("begun the day before").isTrue();
    assertThat(holds(span, "2026-11-24T23:00")).isFalse();
    assertThat(holds(span, "2026-11-25T05:00")).isFalse();
    assertThat(holds(span, "2026-11-25T23:00")).isTrue();
  }

  @Test
  void repeatWithAnEnd_isOver_whenItsLastTimeIs() {
    Span span = span("2026-01-01T18:00", "2026-01-02T06:00", "UTC", "FREQ=DAILY;UNTIL=20260105");
    assertThat(span.over()).contains(Instant.parse("2026-01-06T06:00:00Z"));
    assertThat(span.at(Instant.parse("2026-01-06T05:00:00Z"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "2026-01-02 | 2026-01-01 | UTC | | until: must be after from",
        "2026-01-02 | 2026-01-02 | UTC | | until: must be after from",
        "2026-01-02 | 2028-01-02 | UTC | | at most 366 days",
        "yesterday | 2026-01-02 | UTC | | from: 'yesterday' is no time",
        "2026-02-30 | 2026-03-02 | UTC | | from: '2026-02-30' is no time",
        "2026-01-01 | 2026-01-02 | Mars/Base | | zone: 'Mars/Base' is no time zone",
        "2026-01-01 | 2026-01-02 | UTC | FREQ=HOURLY | FREQ must be DAILY",
        "2026-01-01 | 2026-01-02 | UTC | FREQ=DAILY;BYSETPOS=1 | 'BYSETPOS=1' is not understood",
        "2026-01-01 | 2026-01-02 | UTC | FREQ=DAILY;COUNT=0 | must be a number from 1",
        "2026-01-01 | 2026-01-02 | UTC | FREQ=WEEKLY;BYDAY=2MO | needs FREQ=MONTHLY",
        "2026-01-01 | 2026-01-02 | UTC | FREQ=WEEKLY;BYDAY=XX | 'XX' is no day",
        "2026-01-01 | 2026-01-02 | UTC | every friday | 'EVERY FRIDAY' is not understood",
      })
  void whatMakesNoSense_isRefusedByName(
      String from, String until, String zone, @Nullable String repeat, String fault) {
    assertThatThrownBy(() -> span(from, until, zone, repeat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void everyMomentOfAYear_isAnsweredAsTheClockOnTheWallSays() {
    ZoneId berlin = ZoneId.of(BERLIN);
    Span span = span("2026-01-02T18:00", "2026-01-05T06:00", BERLIN, "FREQ=WEEKLY");
    Instant end = Instant.parse("2027-01-15T00:00:00Z");
    for (Instant at = Instant.parse("2026-01-10T00:00:00Z");
        at.isBefore(end);
        at = at.plus(Duration.ofMinutes(47))) {
      var wall = at.atZone(berlin);
      int hour = (wall.getDayOfWeek().getValue() - 1) * 24 + wall.getHour();
      assertThat(span.at(at).isPresent()).as("%s", wall).isEqualTo(hour < 6 || hour >= 4 * 24 + 18);
    }
  }
}
