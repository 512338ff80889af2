package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FreezesResourceTest {
  @SuppressWarnings("NullAway.Init")
  private static ApiServer server;

  private static String ana = "";
  private static String ben = "";
  private static String admin = "";
  private static String viewer = "";

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
    ana = server.token("ana", Role.RESPONDER);
    ben = server.token("ben", Role.RESPONDER);
    admin = server.token("root", Role.ADMIN);
    viewer = server.token("eve", Role.VIEWER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ApiServer.Answer make(String token, String more) {
    String from = server.clock.instant().toString();
    String until = server.clock.instant().plus(Duration.ofHours(2)).toString();
    return server.call(
        "POST",
        "/api/v1/freezes",
        token,
        "{\"name\": \"move\", \"reason\": \"racks\", \"from\": \"%s\", \"until\": \"%s\"%s}"
            .formatted(from, until, more));
  }

  private static ApiServer.Answer end(String token, String id, String reason) {
    return server.call(
        "DELETE",
        "/api/v1/freezes/" + id + "?reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8),
        token,
        null);
  }

  private static List<String> standing() {
    List<String> ids = new ArrayList<>();
    for (JsonNode item : server.call("GET", "/api/v1/freezes", viewer, null).json().path("items")) {
      ids.add(item.path("id").asText());
    }
    return ids;
  }

  @Test
  void madeByAResponder_endedByWhoMadeIt() {
    ApiServer.Answer made = make(ana, ", \"scope\": \"target == 'redis/a'\", \"mode\": \"hold\"");
    assertThat(made.status()).isEqualTo(201);
    String id = made.json().path("id").asText();
    assertThat(made.json().path("owner").asText()).isEqualTo("ana");
    assertThat(made.json().path("mode").asText()).isEqualTo("hold");
    assertThat(made.json().path("holds").asBoolean()).as("from now on").isTrue();
    assertThat(made.json().has("holds_until")).isTrue();
    assertThat(standing()).contains(id);
    assertThat(end(ana, id, "done").status()).isEqualTo(200);
    assertThat(standing()).doesNotContain(id);
    assertThat(end(ana, id, "again").status()).isEqualTo(404);
  }

  @Test
  void whatSomebodyElseMade_endsAnAdminOnly() {
    String id = make(ana, "").json().path("id").asText();
    assertThat(end(ben, id, "in my way").status()).isEqualTo(403);
    assertThat(standing()).contains(id);
    assertThat(end(admin, id, "agreed with ana").status()).isEqualTo(200);
  }

  @Test
  void viewer_makesAndEndsNone() {
    assertThat(make(viewer, "").status()).isEqualTo(403);
    assertThat(end(viewer, "frz_x", "x").status()).isEqualTo(403);
  }

  @Test
  void endWithoutAReason_isRefused() {
    assertThat(server.call("DELETE", "/api/v1/freezes/frz_x", ana, null).status()).isEqualTo(400);
  }

  @Test
  void whatIsWrong_isNamedByItsField() {
    assertThat(make(ana, ", \"scope\": \"targt == 'a'\"").detail()).startsWith("scope ");
    assertThat(make(ana, ", \"mode\": \"never\"").detail()).startsWith("mode ");
    assertThat(make(ana, ", \"zone\": \"Mars\"").detail()).startsWith("zone ");
    assertThat(make(ana, ", \"repeat\": \"FREQ=HOURLY\"").detail()).startsWith("repeat ");
    ApiServer.Answer past =
        server.call(
            "POST",
            "/api/v1/freezes",
            ana,
            "{\"name\":\"a\",\"reason\":\"b\",\"from\":\"2020-01-01\",\"until\":\"2020-01-02\"}");
    assertThat(past.status()).isEqualTo(400);
    assertThat(past.detail()).startsWith("until must be in the future");
  }

  private static ApiServer.Answer bring(String token, String query, String text) {
    return server.call(
        "POST",
        "/api/v1/freezes/import" + query,
        token,
        text,
        "Content-Type",
        "text/calendar; charset=utf-8");
  }

  private static String calendar(String begin, String end) {
    return """
    BEGIN:VCALENDAR
    VERSION:2.0
    BEGIN:VEVENT
    UID:1
    SUMMARY:brought
    DTSTART:%s
    DTEND:%s
    RRULE:FREQ=YEARLY
    END:VEVENT
    BEGIN:VEVENT
    UID:2
    SUMMARY:long over
    DTSTART;VALUE=DATE:20200101
    END:VEVENT
    END:VCALENDAR
    """
        .formatted(begin, end);
  }

  @Test
  void calendar_isBroughtOnce_withoutWhatIsOver() {
    String text = calendar("20990101T000000Z", "20990102T000000Z");
    ApiServer.Answer first = bring(ana, "?mode=hold&owner=team-cache", text);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("made")).hasSize(1);
    assertThat(first.json().path("over").asInt()).isEqualTo(1);
    JsonNode made = first.json().path("made").get(0);
    assertThat(made.path("mode").asText()).isEqualTo("hold");
    assertThat(made.path("owner").asText()).isEqualTo("team-cache");
    assertThat(standing()).contains(made.path("id").asText());
    ApiServer.Answer again = bring(ana, "?mode=hold&owner=team-cache", text);
    assertThat(again.json().path("made")).isEmpty();
    assertThat(again.json().path("known").asInt()).isEqualTo(1);
    assertThat(end(ana, made.path("id").asText(), "test").status()).isEqualTo(200);
  }

  @Test
  void calendarThatIsNone_makesNothing_andSaysWhere() {
    int before = standing().size();
    assertThat(bring(ana, "", "hello").status()).isEqualTo(400);
    ApiServer.Answer cut =
        bring(ana, "", calendar("20990101T000000Z", "20990102T000000Z").replace("END:VCAL", "X:"));
    assertThat(cut.status()).isEqualTo(400);
    assertThat(cut.detail()).contains("line ");
    assertThat(bring(ana, "?mode=often", calendar("20990101", "20990102")).detail())
        .contains("deny, hold or ask");
    assertThat(bring(viewer, "", "x").status()).isEqualTo(403);
    assertThat(standing()).hasSize(before);
  }
}
