package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.Role;
import dev.firebreak.api.ApiServer.Answer;
import dev.firebreak.engine.OrderRefused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsResourceTest {
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.orders.given.clear();
    server.orders.next = null;
    server.pager.unready = false;
  }

  @Test
  void test_answersWhatTheChannelSaid_andIsNotForViewers() {
    String rob = server.token("rob", Role.RESPONDER);

    Answer done = server.call("POST", "/api/v1/channels/pager/test", rob, null);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.json().path("answer").asText()).isEqualTo("ok");
    assertThat(server.call("POST", "/api/v1/channels/mail/test", rob, null).status())
        .isEqualTo(404);
    String vic = server.token("vic", Role.VIEWER);
    assertThat(server.call("POST", "/api/v1/channels/pager/test", vic, null).status())
        .isEqualTo(403);
    assertThat(
            server.call("GET", "/api/v1/channels", vic, null).json().at("/items/0/name").asText())
        .isEqualTo("console");
  }

  @Test
  void test_tooOften_saysHowLongToWait() {
    String rob = server.token("rob", Role.RESPONDER);
    for (int i = 0; i < 3; i++) {
      assertThat(server.call("POST", "/api/v1/channels/console/test", rob, null).status())
          .isEqualTo(200);
    }
    Answer last = server.call("POST", "/api/v1/channels/console/test", rob, null);
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isEqualTo("120");
  }

  @Test
  void events_signed_acknowledgeAndResolveInTheNameOfTheChannel() {
    String incident = server.samples.incident("feedback").id();

    Answer taken = event("signed", "{\"acknowledged\": \"%s\"}".formatted(incident));
    assertThat(taken.json().path("outcome").asText()).isEqualTo("acknowledged");
    Answer over = event("signed", "{\"resolved\": \"%s\"}".formatted(incident));
    assertThat(over.json().path("outcome").asText()).isEqualTo("resolved");

    assertThat(server.orders.given)
        .hasSize(2)
        .allSatisfy(order -> assertThat(order).contains(incident, "pager: eva"));
  }

  @Test
  void events_againOrOfAnIncidentThatIsGone_areFineAndSoNotSentAgain() {
    server.orders.next =
        new OrderRefused(OrderRefused.Kind.CONFLICT, "this incident is resolved already");

    Answer again = event("signed", "{\"resolved\": \"inc_x\"}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("outcome").asText()).isEqualTo("ignored");
    assertThat(event("signed", "{\"other\": \"inc_x\"}").json().path("outcome").asText())
        .isEqualTo("ignored");
  }

  @Test
  void events_forgedOrUnreadable_doNothing() {
    String incident = server.samples.incident("forged").id();
    String body = "{\"resolved\": \"%s\"}".formatted(incident);

    assertThat(event("forged", body).status()).isEqualTo(403);
    assertThat(server.call("POST", "/api/v1/channels/pager/events", null, body).status())
        .isEqualTo(403);
    assertThat(event("signed", "{}").status()).isEqualTo(400);
    assertThat(server.call("POST", "/api/v1/channels/console/events", null, body).status())
        .isEqualTo(404);
    server.pager.unready = true;
    Answer later = event("signed", body);
    assertThat(later.status()).isEqualTo(503);
    assertThat(later.text()).doesNotContain("/run/secrets");
    assertThat(server.orders.given).isEmpty();
  }

  private static Answer event(String signature, String body) {
    return server.call(
        "POST",
        "/api/v1/channels/pager/events",
        null,
        body,
        "X-PagerDuty-Signature",
        signature,
        "Content-Type",
        "application/json");
  }
}
