package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.api.ApiServer.Answer;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccessTest {
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
  void nobody_isAskedWhoItIs() {
    Answer none = server.call("GET", "/api/v1/incidents", null, null);
    Answer wrong = server.call("GET", "/api/v1/incidents", "fbt_wrong", null);

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.type()).isEqualTo("application/problem+json");
    assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).isEqualTo(none.text());
  }

  @Test
  void viewer_maySeeAndNotAct() {
    String viewer = server.token("vera", Role.VIEWER);
    Incident incident = server.samples.incident("viewer");
    assertThat(server.call("GET", "/api/v1/incidents", viewer, null).status()).isEqualTo(200);
    Answer refused =
        server.call("POST", "/api/v1/incidents/" + incident.id() + "/acknowledge", viewer, null);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail()).contains("responder").contains("vera, with viewer");
    assertThat(server.orders.given).noneMatch(order -> order.contains(incident.id()));
  }

  @Test
  void everyOrder_isClosedToWhoMayNot() {
    String viewer = server.token("vic", Role.VIEWER);
    String responder = server.token("rob", Role.RESPONDER);
    for (String order :
        List.of(
            "POST /api/v1/incidents/x/acknowledge",
            "POST /api/v1/incidents/x/resolve",
            "POST /api/v1/incidents/x/notes",
            "POST /api/v1/runs",
            "POST /api/v1/runs/x/cancel",
            "POST /api/v1/runs/x/pause",
            "POST /api/v1/runs/x/resume",
            "POST /api/v1/runs/x/steps/y/resolve",
            "POST /api/v1/runs/x/signals/y",
            "POST /api/v1/runs/x/steps/y/retry",
            "POST /api/v1/runs/x/steps/y/skip",
            "PUT /api/v1/automation")) {
      String[] parts = order.split(" ");
      assertThat(server.call(parts[0], parts[1], viewer, "{}").status()).as(order).isEqualTo(403);
      assertThat(server.call(parts[0], parts[1], null, "{}").status()).as(order).isEqualTo(401);
    }
    for (String vote : List.of("approve", "reject")) {
      assertThat(server.call("POST", "/api/v1/gates/x/" + vote, responder, "{}").status())
          .isEqualTo(403);
    }
  }

  @Test
  void methodThatSaysNothing_isClosedToAdminsToo() {
    assertThat(AccessFeature.rule(List.class, List.class)).contains(List.of());
    assertThat(
            server
                .call("GET", "/api/v1/test/silent", server.token("root", Role.ADMIN), null)
                .status())
        .isEqualTo(403);
  }

  @Test
  void token_afterRevocation_isRefusedWithinASecond() {
    var issued = server.tokens.create("leaver", Set.of(Role.VIEWER), null, "test").join();
    assertThat(server.call("GET", "/api/v1/runs", issued.secret(), null).status()).isEqualTo(200);
    // Straight in the table, as another node does it.
    server.samples.commit(
        tx -> server.database.tokens().revoke(tx, issued.token().id(), server.clock.instant()));
    server.clock.advance(Duration.ofSeconds(1));
    assertThat(server.call("GET", "/api/v1/runs", issued.secret(), null).status()).isEqualTo(401);
  }

  @Test
  void session_maySee_andActsOnlyFromOurPages() {
    String token = server.token("sam", Role.RESPONDER);
    SessionDesk.Opened session = server.sessions.open(token, "").join().orElseThrow();
    String cookie = SessionDesk.COOKIE + "=" + session.cookie();
    String path = "/api/v1/incidents/" + server.samples.incident("session").id() + "/notes";
    String note = "{\"text\":\"hello\"}";

    assertThat(server.call("GET", "/api/v1/runs", null, null, "Cookie", cookie).status())
        .isEqualTo(200);
    assertThat(server.call("POST", path, null, note, "Cookie", cookie).status()).isEqualTo(403);
    assertThat(
            server
                .call("POST", path, null, note, "Cookie", cookie, "X-CSRF-Token", "guess")
                .status())
        .isEqualTo(403);
    assertThat(
            server
                .call(
                    "POST",
                    path,
                    null,
                    note,
                    "Cookie",
                    cookie,
                    "X-CSRF-Token",
                    session.csrf(),
                    "Sec-Fetch-Site",
                    "cross-site")
                .status())
        .isEqualTo(403);
    assertThat(
            server
                .call("POST", path, null, note, "Cookie", cookie, "X-CSRF-Token", session.csrf())
                .status())
        .isEqualTo(204);
    assertThat(server.call("GET", "/api/v1/runs", "fbt_wrong", null, "Cookie", cookie).status())
        .as("a bad header is not saved by a good cookie")
        .isEqualTo(401);
  }

  @Test
  void storeDown_whileChecking_isNotAYes() {
    server.orders.next = new StoreUnavailable("the disk is full", null);
    Answer answer =
        server.call(
            "POST",
            "/api/v1/incidents/" + server.samples.incident("down").id() + "/acknowledge",
            server.token("rita", Role.RESPONDER),
            null);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void description_isOpen() {
    Answer answer = server.call("GET", "/api/openapi.json", null, null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("openapi").asText()).isEqualTo("3.1.0");
  }
}
