package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.api.ApiServer.Answer;
import dev.firebreak.run.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulesResourceTest {
  private static final String PATH = "/api/v1/schedules/cache-primary";

  private ApiServer server;
  private String ana;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
    ana = server.token("ana", Role.RESPONDER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void schedule_saysWhoIsOnCallNowAndNext() {
    JsonNode schedule = get(PATH).json();
    assertThat(schedule.path("timezone").asText()).isEqualTo("Europe/Berlin");
    assertThat(schedule.at("/now/person").asText()).isEqualTo("ana");
    assertThat(schedule.at("/next/0/person").asText()).isEqualTo("bo");
    assertThat(schedule.at("/next/0/from").asText()).isEqualTo("2026-11-23T08:00:00Z");
    assertThat(get("/api/v1/schedules").json().at("/items/0/now/person").asText()).isEqualTo("ana");
    assertThat(get("/api/v1/schedules/nobody").status()).isEqualTo(404);
    assertThat(get(PATH + "?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z").status())
        .isEqualTo(400);
  }

  @Test
  void override_takesTheShift_isOnTheRecord_andIsGivenBack() {
    Answer taken =
        post(
            PATH + "/overrides",
            "{\"person\":\"cy\",\"to\":\"2026-11-22T18:00:00Z\",\"reason\":\"dentist\"}");
    assertThat(taken.status()).isEqualTo(201);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("cy");
    assertThat(get(PATH).json().at("/now/planned").asText()).isEqualTo("ana");
    assertThat(site())
        .contains(
            "cy takes cache-primary from 2026-11-22T12:00:00Z to 2026-11-22T18:00:00Z instead of"
                + " ana: dentist");

    String one = PATH + "/overrides/" + taken.json().path("id").asText();
    assertThat(server.call("DELETE", one, ana, null).status()).isEqualTo(204);
    assertThat(server.call("DELETE", one, ana, null).status()).isEqualTo(404);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("ana");
    assertThat(site()).contains("cy no longer takes cache-primary");
  }

  @Test
  void override_ofAStrangerOrOfThePast_isRefusedWithASentence() {
    assertThat(
            post(PATH + "/overrides", "{\"person\":\"bob\",\"to\":\"2026-11-22T18:00:00Z\"}")
                .detail())
        .contains("'bob' is neither in people nor in a team", "did you mean 'bo'?");
    assertThat(
            post(
                    PATH + "/overrides",
                    "{\"person\":\"bo\",\"from\":\"2026-11-20T00:00:00Z\",\"to\":\"2026-11-21T00:00:00Z\"}")
                .detail())
        .contains("must be in the future");
  }

  @Test
  void subscription_isReadByItsAddressAlone_untilItsOwnerIsGone() {
    Answer made = server.call("POST", PATH + "/subscription", ana, null);
    String address = made.json().path("url").asText().replaceFirst("http://firebreak", "");
    assertThat(address).startsWith("/api/v1/calendars/");
    Answer read = server.call("GET", address, null, null);
    assertThat(read.text()).startsWith("BEGIN:VCALENDAR").contains("SUMMARY:ana");
    assertThat(read.type()).isEqualTo("text/calendar");
    assertThat(server.call("GET", address + "x", null, null).status()).isEqualTo(404);
    assertThat(server.call("GET", "/api/v1/calendars/x.y", null, null).status()).isEqualTo(404);
    assertThat(server.call("POST", PATH + "/subscription", null, null).status()).isEqualTo(401);
    server.siteSecret = "another secret of 32 characters, or more";
    assertThat(server.call("GET", address, null, null).status()).isEqualTo(404);
    server.siteSecret = "short";
    assertThat(server.call("POST", PATH + "/subscription", ana, null).status()).isEqualTo(503);
    server.siteSecret = "a secret of at least 32 characters";
    assertThat(server.call("GET", address, null, null).status()).isEqualTo(200);
    server
        .tokens
        .list()
        .forEach(token -> assertThat(server.tokens.revoke(token.id()).join()).isTrue());
    assertThat(server.call("GET", address, null, null).status()).isEqualTo(404);
  }

  private Answer bring(String... events) {
    return file(ana, "BEGIN:VCALENDAR\n" + String.join("", events) + "END:VCALENDAR\n");
  }

  private Answer file(String token, String text) {
    return server.call("POST", PATH + "/import", token, text, "Content-Type", "text/calendar");
  }

  private static String shift(String who, String from, String more) {
    return "BEGIN:VEVENT\nUID:%s%s\nSUMMARY:%s\nDTSTART:%s\n%s\nEND:VEVENT\n"
        .formatted(who, from, who, from, more);
  }

  @Test
  void calendar_takesTheShifts_andANewOneInItsPlace_butNotThoseTakenByHand() {
    String daily = "DURATION:PT12H\nRRULE:FREQ=DAILY;COUNT=3";
    Answer first = bring(shift("cy", "20261122T100000Z", daily));
    assertThat(first.json().path("made").asInt()).as(first.detail()).isEqualTo(3);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("cy");
    assertThat(site()).contains("3 shifts of cache-primary come from a calendar, in place of 0");

    post(PATH + "/overrides", "{\"person\":\"bo\",\"to\":\"2026-11-22T18:00:00Z\"}");
    Answer second = bring(shift("ana", "20261122T100000Z", "DURATION:PT12H"));
    assertThat(second.json().path("made").asInt()).isEqualTo(1);
    assertThat(second.json().path("removed").asInt()).isEqualTo(3);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("bo");
    assertThat(get(PATH).json().path("overrides")).hasSize(2);
  }

  @Test
  void calendarThatIsWrong_changesNothing() {
    bring(shift("cy", "20261122T100000Z", "DURATION:PT12H"));
    assertThat(bring().detail()).contains("no shift in the next 91 days");
    assertThat(bring(shift("cyy", "20261122T100000Z", "DURATION:PT12H")).detail())
        .contains("'cyy' is of nobody here", "did you mean 'cy'?");
    assertThat(bring(shift("cy", "tomorrow", "DURATION:PT12H")).detail())
        .contains("line 5: 'tomorrow' is no time");
    assertThat(bring("x".repeat(1_100_000)).detail()).contains("1 MiB");
    String viewer = server.token("vic", Role.VIEWER);
    assertThat(file(viewer, "x").status()).isEqualTo(403);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("cy");
  }

  @Test
  void absence_ofOneself_putsTheSubstituteOnCall_butNotOfSomebodyElse() {
    String bo = server.token("bo", Role.RESPONDER);
    String away = "{\"substitute\":\"cy\",\"to\":\"2026-11-29T00:00:00Z\"%s}";
    assertThat(
            server
                .call("POST", "/api/v1/absences", bo, away.formatted(",\"person\":\"ana\""))
                .status())
        .isEqualTo(403);
    Answer made = server.call("POST", "/api/v1/absences", ana, away.formatted(""));
    assertThat(made.status()).isEqualTo(201);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("cy");
    String one = "/api/v1/absences/" + made.json().path("id").asText();
    assertThat(server.call("DELETE", one, bo, null).status()).isEqualTo(404);
    assertThat(server.call("DELETE", one, ana, null).status()).isEqualTo(204);
    assertThat(get(PATH).json().at("/now/person").asText()).isEqualTo("ana");
  }

  @Test
  void calendar_hasEveryShiftInUtc_foldedAndEscaped() {
    String text = get(PATH + ".ics").text();
    assertThat(text)
        .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        .contains("DTSTART:20261123T080000Z\r\nDTEND:20261130T080000Z\r\nSUMMARY:bo\r\n")
        .endsWith("END:VCALENDAR\r\n");
    assertThat(text.lines()).allMatch(line -> line.length() <= 75);
  }

  private String site() {
    StringBuilder text = new StringBuilder();
    server.database.ledger().read(tx -> server.database.journal().read(tx, "site", 0, 100)).stream()
        .map(JournalEntry::text)
        .forEach(text::append);
    return text.toString();
  }

  private Answer get(String path) {
    return server.call("GET", path, ana, null);
  }

  private Answer post(String path, String body) {
    return server.call("POST", path, ana, body);
  }
}
