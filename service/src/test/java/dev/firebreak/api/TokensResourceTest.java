package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.Role;
import dev.firebreak.api.ApiServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokensResourceTest {
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
  void admin_issuesAToken_thatWorksUntilItIsRevoked() {
    String admin = server.token("root", Role.ADMIN);
    Answer issued =
        server.call("POST", "/api/v1/tokens", admin, "{\"name\":\"ana\",\"roles\":[\"viewer\"]}");
    assertThat(issued.status()).isEqualTo(201);
    String secret = issued.json().path("secret").asText();
    assertThat(server.call("GET", "/api/v1/runs", secret, null).status()).isEqualTo(200);
    assertThat(server.call("GET", "/api/v1/tokens", admin, null).text())
        .contains("\"ana\"")
        .doesNotContain(secret);
    String path = "/api/v1/tokens/" + issued.json().path("id").asText();
    assertThat(server.call("DELETE", path, admin, null).status()).isEqualTo(204);
    assertThat(server.call("DELETE", path, admin, null).status()).isEqualTo(404);
    assertThat(server.call("GET", "/api/v1/runs", secret, null).status()).isEqualTo(401);
  }

  @Test
  void othersThanAdmins_issueNothing_andAWrongRoleIsNamed() {
    String approver = server.token("ann", Role.APPROVER);
    String order = "{\"name\":\"eve\",\"roles\":[\"admin\"]}";
    assertThat(server.call("POST", "/api/v1/tokens", approver, order).status()).isEqualTo(403);
    assertThat(server.call("GET", "/api/v1/tokens", approver, null).status()).isEqualTo(403);
    Answer wrong =
        server.call(
            "POST",
            "/api/v1/tokens",
            server.token("root2", Role.ADMIN),
            "{\"name\":\"x\",\"roles\":[\"king\"]}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.detail()).contains("king").contains("viewer");
  }
}
