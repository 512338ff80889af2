package dev.firebreak.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

  private final SettableClock clock = new SettableClock();
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
  void sign_exampleOfTheSpecification_isTheSame() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    assertThat(Signature.sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void send_signsWhatItPosts() throws Exception {
    server.enqueue(new MockResponse.Builder().build());

    assertThat(channel("\"" + SECRET + "\"").send(Parts.notice("Redis is back", "yes")))
        .startsWith("200");

    RecordedRequest request = taken();
    byte[] body = Objects.requireNonNull(request.getBody()).toByteArray();
    assertThat(request.getHeaders().get("webhook-id")).isEqualTo("run_1/finally-1");
    assertThat(request.getHeaders().get("webhook-timestamp"))
        .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
    assertThat(request.getHeaders().get("webhook-signature"))
        .isEqualTo(
            Signature.sign(SECRET, "run_1/finally-1", clock.instant().getEpochSecond(), body));
    JsonNode told = Parts.CONFIGURATION.readTree(body);
    assertThat(told.get("type").asText()).isEqualTo("firebreak.notice");
    assertThat(told.at("/data/incident").asText()).isEqualTo("inc_1");
    assertThat(told.at("/data/subject").asText()).isEqualTo("Redis is back");
  }

  @Test
  void send_again_keepsTheIdAndSignsAnew() throws Exception {
    server.enqueue(new MockResponse.Builder().code(500).build());
    server.enqueue(new MockResponse.Builder().build());
    Channel channel = channel("\"" + SECRET + "\"");
    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse());

    clock.advance(Duration.ofMinutes(10));
    assertThat(channel.send(Parts.notice("a", "b"))).startsWith("200");

    RecordedRequest first = taken();
    RecordedRequest second = taken();
    assertThat(second.getHeaders().get("webhook-id"))
        .isEqualTo(first.getHeaders().get("webhook-id"));
    assertThat(second.getHeaders().get("webhook-timestamp"))
        .isNotEqualTo(first.getHeaders().get("webhook-timestamp"));
  }

  @Test
  void send_withTwoSecrets_carriesASignatureOfEach() throws Exception {
    server.enqueue(new MockResponse.Builder().build());

    assertThat(channel("\"" + SECRET + "\", \"" + OTHER + "\"").send(Parts.notice("a", "b")))
        .startsWith("200");

    RecordedRequest request = taken();
    byte[] body = Objects.requireNonNull(request.getBody()).toByteArray();
    long at = clock.instant().getEpochSecond();
    assertThat(request.getHeaders().get("webhook-signature"))
        .isEqualTo(
            Signature.sign(SECRET, "run_1/finally-1", at, body)
                + " "
                + Signature.sign(OTHER, "run_1/finally-1", at, body));
  }

  @Test
  void send_aKeyThatCannotStandInAHeader_sendsItsHash() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    server.enqueue(new MockResponse.Builder().build());
    Channel channel = channel("\"" + SECRET + "\"");
    for (String key : new String[] {"esc_1/0/#cache.x", "esc_1/0/#cache.y\r\nX-Evil: 1"}) {
      assertThat(channel.send(new Notice(key, "inc_1", "s", "t", null))).startsWith("200");
    }

    String first = taken().getHeaders().get("webhook-id");
    RecordedRequest second = taken();
    assertThat(first).matches("msg_[0-9a-f]{64}");
    assertThat(second.getHeaders().get("webhook-id"))
        .matches("msg_[0-9a-f]{64}")
        .isNotEqualTo(first);
    assertThat(second.getHeaders().get("X-Evil")).isNull();
  }

  @Test
  void send_withABadSecret_isPermanentAndDoesNotShowIt() {
    assertThatThrownBy(() -> channel("\"hunter2hunter2\"").send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isTrue())
        .message()
        .contains("must be whsec_")
        .doesNotContain("hunter2");
    assertThat(server.getRequestCount()).isZero();
  }

  private Channel channel(String secrets) {
    return Parts.channel(
        "{\"type\": \"webhook\", \"url\": \"%s\", \"secrets\": [%s], \"allowHttp\": true}"
            .formatted(server.url("/in"), secrets),
        clock);
  }

  private RecordedRequest taken() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
  }
}
