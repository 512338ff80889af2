package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.guard.breaker.Breaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BreakersResourceTest {
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

  @Test
  void openOne_isListed_andClosedByAResponderWithAReason() {
    Breaker breaker =
        new Breaker(
            "brk_1",
            Breaker.Kind.RUNBOOK,
            "redis-down",
            "",
            "team-cache",
            "5 of its fixes in a row were not proven",
            "inc_gone",
            server.clock.instant(),
            server.clock.instant().plusSeconds(3_600),
            null,
            null);
    server.database.ledger().commit(tx -> server.database.breakers().add(tx, breaker)).join();
    String viewer = server.token("eve", Role.VIEWER);
    String ana = server.token("ana", Role.RESPONDER);
    JsonNode item =
        server.call("GET", "/api/v1/breakers", viewer, null).json().path("items").path(0);
    assertThat(item.path("id").asText()).isEqualTo("brk_1");
    assertThat(item.path("kind").asText()).isEqualTo("runbook");
    assertThat(item.has("subject")).isFalse();
    String path = "/api/v1/breakers/brk_1";
    assertThat(server.call("DELETE", path + "?reason=x", viewer, null).status()).isEqualTo(403);
    assertThat(server.call("DELETE", path, ana, null).status()).isEqualTo(400);
    assertThat(server.call("DELETE", path + "?reason=fixed", ana, null).status()).isEqualTo(200);
    assertThat(server.call("DELETE", path + "?reason=fixed", ana, null).status()).isEqualTo(404);
    assertThat(server.call("GET", "/api/v1/breakers", viewer, null).json().path("items")).isEmpty();
  }
}
