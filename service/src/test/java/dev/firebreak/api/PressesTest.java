package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.Role;
import dev.firebreak.engine.OrderRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever presses a button in a message, and whoever only says so. */
class PressesTest {
  private static final String PATH = "/api/v1/channels/slack/actions";

  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int press(String signature, String words) {
    return server
        .call(
            "POST",
            PATH,
            null,
            words,
            "Content-Type",
            "application/x-www-form-urlencoded",
            "X-Slack-Signature",
            signature,
            "X-Slack-Request-Timestamp",
            "1")
        .status();
  }

  private String gate() {
    String incident = server.samples.incident("redis/" + server.ids.next("key")).id();
    return server.samples.gate(incident, server.samples.run(incident).id()).id();
  }

  private String said() {
    return server.buttons.said;
  }

  @Test
  void personOfTheContact_withRoleAndReason_decides() {
    server.token("ana", Role.APPROVER);
    String gate = gate();
    assertThat(press("signed", "U0ANA " + gate + " hash no enough")).isEqualTo(200);
    assertThat(server.orders.given)
        .singleElement()
        .asString()
        .contains("reject", gate, "ana", "enough");
    assertThat(said()).startsWith("Counted: ");
  }

  @Test
  void everybodyElse_decidesNothing_andIsTold() {
    String gate = gate();
    assertThat(press("signed", "U0EVE " + gate + " hash yes fine")).isEqualTo(200);
    assertThat(said()).contains("to: U0EVE} has to belong to one person");
    assertThat(press("signed", "U0ANA " + gate + " hash yes fine")).isEqualTo(200);
    assertThat(said()).contains("ana holds no token in force with the role approver");
    server.token("ana", Role.APPROVER);
    assertThat(press("signed", "U0ANA " + gate + " hash yes ")).isEqualTo(200);
    assertThat(said()).contains("a decision needs a reason");
    assertThat(press("forged", "U0ANA " + gate + " hash yes fine")).isEqualTo(403);
    assertThat(
            server
                .call(
                    "POST",
                    "/api/v1/channels/console/actions",
                    null,
                    "x",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .status())
        .isEqualTo(404);
    assertThat(server.orders.given).isEmpty();
  }

  @Test
  void gateWithAForm_isApprovedOnItsPageOnly() {
    server.token("ana", Role.APPROVER);
    server.orders.next =
        new OrderRefused(
            OrderRefused.Kind.INVALID,
            "the form is not filled in: 'size' must be answered",
            java.util.Map.of("size", "must be answered"));
    String gate = gate();
    assertThat(press("signed", "U0ANA " + gate + " hash yes fine")).isEqualTo(200);
    assertThat(said())
        .startsWith("Not counted: the form is not filled in: 'size' must be answered")
        .contains("Approve it on its page: http")
        .endsWith("/gates/" + gate);
  }

  @Test
  void lateOnes_areToldWhoDecided() {
    server.token("ana", Role.APPROVER);
    server.orders.next =
        new OrderRefused(
            OrderRefused.Kind.GONE, "this gate is approved since 12:00, approved by bo");
    assertThat(press("signed", "U0ANA " + gate() + " hash yes fine")).isEqualTo(200);
    assertThat(said()).isEqualTo("Not counted: this gate is approved since 12:00, approved by bo");
  }
}
