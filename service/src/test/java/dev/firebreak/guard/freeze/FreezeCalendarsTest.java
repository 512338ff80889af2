package dev.firebreak.guard.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeCalendarsTest {
  private static final String CALENDAR =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      BEGIN:VEVENT
      UID:weekend
      SUMMARY:weekend
      DESCRIPTION:nobody is there to look
      DTSTART;TZID=Europe/Berlin:20260102T180000
      DTEND;TZID=Europe/Berlin:20260105T060000
      RRULE:FREQ=WEEKLY
      EXDATE;TZID=Europe/Berlin:20261225T180000
      END:VEVENT
      BEGIN:VEVENT
      UID:year-end
      SUMMARY:year end
      DTSTART;VALUE=DATE:20261218
      DTEND;VALUE=DATE:20270104
      END:VEVENT
      END:VCALENDAR
      """;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("freezes.ics");
  }

  private FreezeCalendars calendars(String text) throws IOException {
    Files.writeString(file(), text);
    String yaml =
        "{file: '%s', owner: team-shop, mode: ask, reason: the books, zone: Europe/Berlin}"
            .formatted(file());
    return new FreezeCalendars(
        List.of(new ObjectMapper(new YAMLFactory()).readValue(yaml, FreezeCalendar.class)));
  }

  @Test
  void events_areFreezes_onTheTermsOfTheEntry() throws IOException {
    FreezeCalendars calendars = calendars(CALENDAR);
    assertThat(calendars.reload()).isTrue();
    Freeze weekend = calendars.current().getFirst();
    assertThat(weekend.name()).isEqualTo("weekend");
    assertThat(weekend.reason()).isEqualTo("nobody is there to look");
    assertThat(weekend.mode()).isEqualTo(Freeze.Mode.ASK);
    assertThat(weekend.owner()).isEqualTo("team-shop");
    assertThat(weekend.configured()).as("it can be lifted, not ended").isTrue();
    assertThat(weekend.span().at(Instant.parse("2026-12-05T12:00:00Z"))).isPresent();
    assertThat(weekend.span().at(Instant.parse("2026-12-26T12:00:00Z"))).as("left out").isEmpty();
    Freeze yearEnd = calendars.current().getLast();
    assertThat(yearEnd.reason()).isEqualTo("the books");
    assertThat(yearEnd.span().at(Instant.parse("2027-01-03T22:59:00Z"))).isPresent();
    assertThat(yearEnd.span().at(Instant.parse("2027-01-03T23:00:00Z"))).isEmpty();
  }

  @Test
  void file_isReadAgainWhenItChanges_underTheSameIds_andABadOneReplacesNothing()
      throws IOException {
    FreezeCalendars calendars = calendars(CALENDAR);
    calendars.reload();
    List<String> ids = calendars.current().stream().map(Freeze::id).toList();
    assertThat(calendars.reload()).isFalse();
    Files.writeString(file(), CALENDAR.replace("nobody is there", "nobody at all is there"));
    assertThat(calendars.reload()).isTrue();
    assertThat(calendars.current()).extracting(Freeze::id).isEqualTo(ids).doesNotHaveDuplicates();
    Files.writeString(file(), CALENDAR.replace("FREQ=WEEKLY", "FREQ=HOURLY"));
    assertThatThrownBy(calendars::reload)
        .hasMessageContaining("freezes.ics")
        .hasMessageContaining("line ");
    assertThat(calendars.current()).hasSize(2);
    Files.delete(file());
    assertThatThrownBy(calendars::reload).hasMessageContaining("cannot be read");
    assertThat(calendars.current()).as("gone is a mistake, not a permission").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{file: x.ics}",
        "{owner: team-shop}",
        "{file: x.ics, owner: o, mode: sometimes}",
        "{file: x.ics, owner: o, zone: Mars/Olympus}",
        "{file: x.ics, owner: o, scope: 'no such'}",
        "{file: x.ics, owner: o, until: tomorrow}",
      })
  void entryThatMakesNoSense_isRefused(String yaml) {
    assertThatThrownBy(
            () -> new ObjectMapper(new YAMLFactory()).readValue(yaml, FreezeCalendar.class))
        .isNotNull();
  }
}
