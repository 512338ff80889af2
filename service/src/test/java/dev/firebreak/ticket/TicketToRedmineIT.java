package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Message;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.run.Incident;
import dev.firebreak.ticket.redmine.RealRedmine;
import dev.firebreak.ticket.redmine.RedmineSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The courier with the shipped templates and a real Redmine, dying at every call. */
class TicketToRedmineIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final String BIG = "x".repeat(1_100_000);
  private static @Nullable RealRedmine started;

  @BeforeAll
  static void start() throws Exception {
    started = RealRedmine.start();
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static RealRedmine redmine() {
    return Objects.requireNonNull(started);
  }

  private static TicketSystem tickets() {
    return new RedmineSettings(
            redmine().url(),
            SecretRef.valueOf(redmine().key()),
            redmine().project(),
            null,
            null,
            "Resolved",
            null,
            null)
        .build(
            "redmine",
            new TicketParts(
                HTTP,
                JSON,
                new Secrets(Map.of(), name -> null, new Masker()),
                Path.of("."),
                new SettableClock()));
  }

  private static TicketCourier courier(MemoryHouse house, TicketSystem system) {
    Templates templates = new Templates(TicketTemplatesTest.templates());
    return new TicketCourier(
        house.ports(),
        List.of(system),
        name -> templates.get(name, Escape.TEXT),
        "https://firebreak.example",
        new SettableClock(),
        JSON);
  }

  private static MemoryHouse house(String id) {
    MemoryHouse house = new MemoryHouse();
    house.incident =
        new Incident(
                id,
                "redis/cache-1",
                "Redis does not answer",
                "critical",
                "team-cache",
                Incident.Status.OPEN,
                MemoryHouse.START,
                null,
                null,
                null,
                null)
            .resolved("person:ana", MemoryHouse.START);
    house.artifact("art_" + id + "_1", "ping", "out.txt", "no answer");
    house.artifact("art_" + id + "_2", "info", "out.txt", "ä\u0000\r\n");
    house.artifact("art_" + id + "_3", "dump", "threads.txt", BIG);
    house.runs.put("run_1", TicketTemplatesTest.run("Redis is *down* on @cache"));
    return house;
  }

  @Test
  void carry_whereverItDies_leavesOneTicketWithEverythingOnce() throws Exception {
    int died = 0;
    for (int call = 1; call <= 12; call++) {
      String id = "inc_call" + call + "x";
      MemoryHouse house = house(id);
      Message wanted =
          TicketMessages.wanted(id, "run_1", "finally-1", "redmine", "incident", "all");
      try {
        courier(house, new MortalTickets(tickets(), call, true)).carry(wanted);
      } catch (CourierException e) {
        died++;
        courier(house, tickets()).carry(wanted);
      }
      assertOneOfEach(id);
    }
    assertThat(died).isBetween(8, 11);
  }

  private static void assertOneOfEach(String id) throws IOException {
    JsonNode found =
        JSON.readTree(fetch(redmine().url() + "/issues.json?status_id=*&subject=~" + id));
    assertThat(found.path("total_count").asInt()).as(id).isEqualTo(1);
    JsonNode issue =
        JSON.readTree(
                fetch(
                    redmine().url()
                        + "/issues/"
                        + found.at("/issues/0/id").asText()
                        + ".json?include=attachments,journals"))
            .path("issue");
    assertThat(issue.at("/status/name").asText()).as(id).isEqualTo("Resolved");
    Map<String, String> files = new HashMap<>();
    for (JsonNode file : issue.path("attachments")) {
      String before =
          files.put(
              file.path("filename").asText(),
              new String(fetch(file.path("content_url").asText()), StandardCharsets.UTF_8));
      assertThat(before).as(id).isNull();
    }
    assertThat(files)
        .as(id)
        .isEqualTo(Map.of("ping-out.txt", "no answer", "info-out.txt", "ä\u0000\r\n"));
    assertThat(notes(issue))
        .as(id)
        .hasSize(2)
        .anyMatch(note -> note.contains("https://firebreak.example/artifacts/art_" + id + "_3"))
        .anyMatch(note -> note.contains("The incident is resolved"));
  }

  private static List<String> notes(JsonNode issue) {
    return issue
        .path("journals")
        .valueStream()
        .map(note -> note.path("notes").asText())
        .filter(note -> !note.isEmpty())
        .toList();
  }

  private static byte[] fetch(String url) throws IOException {
    Request request =
        new Request.Builder().url(url).header("X-Redmine-API-Key", redmine().key()).build();
    try (Response response = HTTP.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      return response.body().bytes();
    }
  }
}
