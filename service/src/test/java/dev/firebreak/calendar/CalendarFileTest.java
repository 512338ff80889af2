package dev.firebreak.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarFileTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<CalendarFile.Event> read(String... events) {
    return CalendarFile.read(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + String.join("", events) + "END:VCALENDAR\r\n",
        BERLIN);
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\nUID:one@example\r\n"
        + String.join("\r\n", lines)
        + "\r\nEND:VEVENT\r\n";
  }

  private static List<String> times(CalendarFile.Event event, String from, String to) {
    return event.span().between(Instant.parse(from), Instant.parse(to)).stream()
        .map(once -> once.from() + " " + once.until())
        .toList();
  }

  private static final String DECEMBER = "2026-12-01T00:00:00Z";
  private static final String JANUARY = "2027-01-01T00:00:00Z";

  @Test
  void event_foldedAndEscaped_isReadAsItWasMeant() {
    CalendarFile.Event event =
        read(event(
                "SUMMARY:Quiet days\\, all",
                "  teams",
                "DESCRIPTION:one\\ntwo\\\\",
                "ATTENDEE;CN=\"Ann: on call; maybe\":mailto:ann@example.com",
                "DTSTART;TZID=Europe/Berlin:20261220T180000",
                "DTEND;TZID=Europe/Berlin:20261221T060000"))
            .getFirst();
    assertThat(event.summary()).isEqualTo("Quiet days, all teams");
    assertThat(event.description()).isEqualTo("one\ntwo\\");
    assertThat(event.mail()).isEqualTo("ann@example.com");
    assertThat(times(event, DECEMBER, JANUARY))
        .containsExactly("2026-12-20T17:00:00Z 2026-12-21T05:00:00Z");
  }

  @Test
  void wholeDays_endOnTheDayNamedAndWithoutEndAfterOne() {
    assertThat(
            times(
                read(event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227")).getFirst(),
                DECEMBER,
                JANUARY))
        .containsExactly("2026-12-23T23:00:00Z 2026-12-26T23:00:00Z");
    assertThat(times(read(event("DTSTART;VALUE=DATE:20261224")).getFirst(), DECEMBER, JANUARY))
        .containsExactly("2026-12-23T23:00:00Z 2026-12-24T23:00:00Z");
  }

  @Test
  void repeated_leavesOutMovesAndCancels() {
    List<CalendarFile.Event> events =
        read(
            event(
                "DTSTART;TZID=Europe/Berlin:20261207T220000",
                "DURATION:PT8H",
                "RRULE:FREQ=WEEKLY;BYDAY=MO",
                "EXDATE;TZID=Europe/Berlin:20261214T220000"),
            event(
                "RECURRENCE-ID:20261221T210000Z",
                "DTSTART:20261222T210000Z",
                "DTEND:20261223T050000Z"),
            event(
                "RECURRENCE-ID;TZID=Europe/Berlin:20261228T220000",
                "STATUS:CANCELLED",
                "DTSTART;TZID=Europe/Berlin:20261228T220000",
                "DURATION:PT8H"));
    assertThat(events).hasSize(2);
    assertThat(times(events.getFirst(), DECEMBER, JANUARY))
        .containsExactly("2026-12-07T21:00:00Z 2026-12-08T05:00:00Z");
    assertThat(times(events.getLast(), DECEMBER, JANUARY))
        .containsExactly("2026-12-22T21:00:00Z 2026-12-23T05:00:00Z");
  }

  @Test
  void floatingTime_hasTheZoneOfTheFileOrTheUsualOne() {
    String floating = event("DTSTART:20261220T180000", "DURATION:P1DT1H");
    assertThat(
            times(
                read("X-WR-TIMEZONE:America/New_York\r\n", floating).getFirst(), DECEMBER, JANUARY))
        .containsExactly("2026-12-20T23:00:00Z 2026-12-22T00:00:00Z");
    assertThat(times(read(floating).getFirst(), DECEMBER, JANUARY))
        .containsExactly("2026-12-20T17:00:00Z 2026-12-21T18:00:00Z");
  }

  @Test
  void componentsWithinEvents_areNotMistakenForThem() {
    assertThat(
            read(
                "BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                    + "END:STANDARD\r\nEND:VTIMEZONE\r\n",
                event(
                    "SUMMARY:real",
                    "DTSTART:20261220T180000Z",
                    "DTEND:20261220T190000Z",
                    "BEGIN:VALARM",
                    "SUMMARY:alarm",
                    "DURATION:PT15M",
                    "END:VALARM")))
        .singleElement()
        .extracting(CalendarFile.Event::summary)
        .isEqualTo("real");
  }

  @Test
  void whatIsNotUnderstood_refusesTheFileAndNamesTheLine() {
    refused(
        "line 5: there is no time zone 'W. Europe Standard Time'",
        "DTSTART;TZID=W. Europe Standard Time:20261220T180000",
        "DURATION:PT1H");
    refused(
        "line 5: repeat: 'FREQ=HOURLY'",
        "DTSTART:20261220T180000Z",
        "DURATION:PT1H",
        "RRULE:FREQ=HOURLY");
    refused("line 5: the event has neither DTEND nor DURATION", "DTSTART:20261220T180000Z");
    refused("line 6: 'P' is no duration", "DTSTART:20261220T180000Z", "DURATION:P");
    refused(
        "line 5: until: must be after from", "DTSTART:20261220T180000Z", "DTEND:20261220T180000Z");
    refused("line 5: '2026-12-20' is no time", "DTSTART:2026-12-20", "DURATION:PT1H");
    refused(
        "line 7: RDATE is not understood",
        "DTSTART:20261220T180000Z",
        "DURATION:PT1H",
        "RDATE:20261221T180000Z");
    refused("has no DTSTART", "SUMMARY:when?");
  }

  private static void refused(String what, String... lines) {
    assertThatThrownBy(() -> read(event(lines)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  @Test
  void halfAFile_isRefused() {
    assertThatThrownBy(() -> CalendarFile.read("<html>sign in</html>", BERLIN))
        .hasMessageContaining("colon is missing");
    assertThatThrownBy(() -> CalendarFile.read("", BERLIN)).hasMessageContaining("no calendar");
    assertThatThrownBy(() -> CalendarFile.read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", BERLIN))
        .hasMessageContaining("cut off");
  }
}
