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
