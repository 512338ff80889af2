package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Terms;
import dev.firebreak.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReviewsResourceTest {
  @SuppressWarnings("NullAway.Init")
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Gate asked(String id, Run run) {
    Instant now = server.clock.instant();
    return new Gate(
        id,
        run.incidentId(),
        run.id(),
        "restart",
        "May Firebreak do 'restart' to redis/cache-1?",
        "the runbook wants it",
        Map.of("targets", List.of("redis/cache-1")),
        "ab".repeat(32),
        List.of(List.of("team-elsewhere")),
        0,
        2,
        900_000,
        now,
        now.plusSeconds(900),
        Gate.Status.OPEN,
        null,
        null,
        List.of(),
        new Terms(List.of("approval"), Map.of("ana", "they started it"), now.plusSeconds(300)));
  }

  @Test
  void glass_isBrokenByWhomTheConfigurationNames_andReviewedBySomebodyElse() {
    Run run = server.samples.run(server.samples.incident("glass").id());
    server
        .database
        .ledger()
        .commit(
            tx -> {
              server.database.gates().add(tx, asked("gate_01M822XP2C5VTWNMMT1356781Y", run));
              return true;
            })
        .join();
    String ana = server.token("ana", Role.APPROVER);
    String eve = server.token("eve", Role.APPROVER);
    String word =
        "{\"plan_hash\": \"%s\", \"reason\": \"nobody is there\"}".formatted("ab".repeat(32));
    String path = "/api/v1/gates/gate_01M822XP2C5VTWNMMT1356781Y/break-glass";
    assertThat(server.call("POST", path, eve, word).json().path("detail").asText())
        .contains("eve may not break the glass");
    assertThat(
            server.call("POST", path, ana, "{\"plan_hash\": \"cd\", \"reason\": \"x\"}").status())
        .isEqualTo(409);
    JsonNode gate = server.call("POST", path, ana, word).json();
    assertThat(gate.path("status").asText()).isEqualTo("approved");
    assertThat(gate.path("ended_why").asText()).isEqualTo("ana broke the glass: nobody is there");
    assertThat(server.call("POST", path, ana, word).status()).isEqualTo(410);
    JsonNode review = server.call("GET", "/api/v1/reviews", eve, null).json().at("/items/0");
    assertThat(review.path("status").asText()).isEqualTo("open");
    assertThat(
            server
                .call("GET", "/api/v1/runs/" + run.id(), eve, null)
                .json()
                .at("/broken_glass/0/person")
                .asText())
        .isEqualTo("ana");
    String close = "/api/v1/reviews/" + review.path("id").asText() + "/close";
    String finding = "{\"finding\": \"it was right\"}";
    assertThat(server.call("POST", close, ana, finding).status()).isEqualTo(403);
    assertThat(server.call("POST", close, eve, "{}").status()).isEqualTo(400);
    assertThat(server.call("POST", close, eve, finding).json().path("closed_by").asText())
        .isEqualTo("eve");
    assertThat(server.call("POST", close, eve, finding).status()).isEqualTo(410);
  }
}
