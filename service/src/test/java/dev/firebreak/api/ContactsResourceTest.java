package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.fixtures.ContactDesks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContactsResourceTest {
  private static final String CODE = "{\"code\": \"" + ContactDesks.CODE + "\"}";

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

  private static String path(String person, String what) {
    JsonNode all =
        server.call("GET", "/api/v1/contacts", server.token("eve", Role.VIEWER), null).json();
    for (JsonNode one : all.path("items")) {
      if (one.path("person").asText().equals(person)) {
        return "/api/v1/contacts/" + one.path("id").asText() + what;
      }
    }
    throw new IllegalStateException(person + " has no contact in " + all);
  }

  @Test
  void person_provesAContactOfTheirOwn_andAnAdminAnybodys() {
    String ana = server.token("ana", Role.RESPONDER);
    JsonNode sent = server.call("POST", path("ana", "/code"), ana, null).json();
    assertThat(sent.path("valid_for").asText()).isEqualTo("30m");
    assertThat(server.call("POST", path("ana", "/code"), ana, null).status()).isEqualTo(409);
    JsonNode wrong =
        server.call("POST", path("ana", "/verify"), ana, "{\"code\": \"AAAA-AAAA\"}").json();
    assertThat(wrong.path("detail").asText()).contains("4 tries are left");
    JsonNode proven = server.call("POST", path("ana", "/verify"), ana, CODE).json();
    assertThat(proven.path("proven_at").asText()).isNotEmpty();
    assertThat(proven.has("code_until")).isFalse();

    assertThat(server.call("POST", path("ben", "/code"), ana, null).json().path("detail").asText())
        .contains("only they, or an admin");
    assertThat(server.call("POST", path("ben", "/verify"), ana, CODE).status()).isEqualTo(403);
    String root = server.token("root", Role.ADMIN);
    assertThat(server.call("POST", path("ben", "/code"), root, null).status()).isEqualTo(200);
    assertThat(server.call("POST", "/api/v1/contacts/00/code", root, null).status()).isEqualTo(404);
    assertThat(server.call("POST", path("ben", "/verify"), root, "{}").status()).isEqualTo(400);
  }
}
