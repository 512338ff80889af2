package dev.firebreak.channel.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Feedback;
import dev.firebreak.channel.Following;
import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutyChannelTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void send_accepted_saysWhatWasDone() {
    server.enqueue(
        new MockResponse.Builder()
            .code(202)
            .body("{\"status\":\"success\",\"dedup_key\":\"inc_1\"}")
            .build());

    assertThat(channel().send(Parts.notice("a", "b"))).startsWith("trigger: 202 {\"status\"");
  }

  @ParameterizedTest
  @CsvSource({"400,true", "403,true", "429,false", "500,false", "502,false"})
  void send_refused_saysWhetherToTryAgain(int status, boolean permanent) {
    server.enqueue(new MockResponse.Builder().code(status).body("no " + KEY).build());

    assertThatThrownBy(() -> channel().send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(
            ChannelException.class, e -> assertThat(e.permanent()).isEqualTo(permanent))
        .message()
        .contains("answered " + status)
        .doesNotContain(KEY);
  }

  @Test
  void grade_ofSeverities_isOnPagerDutysScale() {
    assertThat(new Matter("P1", Matter.Stage.NEWS).grade()).isEqualTo(Matter.Grade.CRITICAL);
    assertThat(new Matter("Warning ", Matter.Stage.NEWS).grade()).isEqualTo(Matter.Grade.WARNING);
    assertThat(new Matter("hoch", Matter.Stage.NEWS).grade()).isEqualTo(Matter.Grade.ERROR);
    assertThat(Matter.UNKNOWN.grade()).isEqualTo(Matter.Grade.ERROR);
  }

  @Test
  void heard_aSignedAcknowledgement_namesIncidentAndPerson() throws Exception {
    byte[] body = recorded("incident.acknowledged");

    assertThat(channel().heard(signed("old-secret-1", body), body))
        .contains(
            new Feedback(
                "inc_01J",
                Matter.Stage.ACKNOWLEDGED,
                "Earline Greenholt",
                "5ac64822-4adc-4fda-ade0-410becf0de4f"));
  }

  @Test
  void heard_severalSignaturesOrSecrets_oneFittingPairIsEnough() throws Exception {
    byte[] body = recorded("incident.resolved");
    String header = signed("nobody-knows-it", body) + ", " + signed("new-secret-2", body);

    assertThat(channel().heard(header, body).orElseThrow().stage())
        .isEqualTo(Matter.Stage.RESOLVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"incident.triggered", "incident.reopened", "pagey.ping"})
  void heard_anythingElse_isNothingOfOurs(String type) throws Exception {
    byte[] body = recorded(type);

    assertThat(channel().heard(signed("old-secret-1", body), body)).isEmpty();
  }

  @Test
  void heard_forged_isRefused() throws Exception {
    byte[] body = recorded("incident.resolved");
    byte[] other = recorded("incident.acknowledged");
    for (String header :
        new String[] {"", "v1=", "v1=00", "v2=" + "0".repeat(64), signed("wrong", body)}) {
      assertThatThrownBy(() -> channel().heard(header, body)).isInstanceOf(ForgedFeedback.class);
    }
    assertThatThrownBy(() -> channel().heard(signed("old-secret-1", other), body))
        .isInstanceOf(ForgedFeedback.class)
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> channel("").heard(signed("old-secret-1", body), body))
        .hasMessageContaining("no webhookSecrets");
  }

  @Test
  void heard_signedButUnreadable_isAnErrorThatSaysSo() throws Exception {
    for (String text : new String[] {"[]", "{", "{\"event\":{}}"}) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> channel().heard(signed("old-secret-1", body), body))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the body ");
    }
  }

  private static byte[] recorded(String type) throws Exception {
    return Files.readString(Path.of("src/test/resources/channel/contracts/pagerduty-webhook.json"))
        .replace("incident.acknowledged", type)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String signed(String secret, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  private Following channel() {
    return channel(", \"webhookSecrets\": [\"old-secret-1\", \"new-secret-2\"]");
  }

  private Following channel(String more) {
    return (Following)
        Parts.channel(
            "{\"type\": \"pagerduty\", \"routingKey\": \"%s\", \"url\": \"%s\", \"allowHttp\": true%s}"
                .formatted(KEY, server.url("/v2/enqueue"), more),
            new SettableClock());
  }
}
