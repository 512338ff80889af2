package dev.firebreak.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackChannelTest {
  private static final String SECRET_PATH = "/services/T0/B0/s3cr3tpath";

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
  void send_postsTextAndBlocksOnce() throws Exception {
    server.enqueue(new MockResponse(200, okhttp3.Headers.of(), "ok"));

    String receipt = channel("").send(Parts.notice("Redis is back", "restart was verified"));

    RecordedRequest request = taken();
    JsonNode body = body(request);
    assertThat(receipt).isEqualTo("200 ok");
    assertThat(request.getTarget()).isEqualTo(SECRET_PATH);
    assertThat(body.get("text").asText())
        .isEqualTo(
            "Redis is back\nrestart was verified\nhttps://firebreak.example.com/incidents/inc_1");
    assertThat(body.at("/blocks/0/text/text").asText()).isEqualTo("Redis is back");
    assertThat(body.at("/blocks/1/text/type").asText()).isEqualTo("plain_text");
    assertThat(body.at("/blocks/2/text/text").asText())
        .isEqualTo("<https://firebreak.example.com/incidents/inc_1|Open in Firebreak>");
  }

  @Test
  void send_valuesThatMentionOrLink_areShownAndDoNothing() throws Exception {
    server.enqueue(new MockResponse.Builder().build());

    String receipt =
        channel("")
            .send(
                new Notice(
                    "k",
                    "inc_1",
                    "<!here> & <@U123>",
                    "@channel @all [x](javascript:alert(1)) <https://evil|bank>",
                    "https://firebreak.example.com/x|<!here>"));

    String raw = Objects.requireNonNull(taken().getBody()).utf8();
    assertThat(receipt).startsWith("200");
    assertThat(raw).doesNotContain("<!here>", "<@U", "@channel", "@all", "](", "<https://evil");
    JsonNode body = Parts.CONFIGURATION.readTree(raw);
    assertThat(body.at("/blocks/0/text/text").asText())
        .isEqualTo("&lt;!here&gt; &amp; &lt;@\u200BU123&gt;");
    assertThat(body.at("/blocks/2/text/text").asText())
        .isEqualTo("<https://firebreak.example.com/x%7C%3C!here%3E|Open in Firebreak>");
  }

  @Test
  void send_withoutTextAndLink_isStillANotice() throws Exception {
    server.enqueue(new MockResponse.Builder().build());

    assertThat(channel("").send(new Notice("k", "inc_1", "only a subject", "", null)))
        .startsWith("200");

    assertThat(body(taken()).get("blocks")).hasSize(1);
  }

  @Test
  void send_aVeryLongText_isCutToWhatSlackTakes() throws Exception {
    server.enqueue(new MockResponse.Builder().build());

    assertThat(channel("").send(Parts.notice("s".repeat(500), "<".repeat(9_000))))
        .startsWith("200");

    JsonNode body = body(taken());
    assertThat(body.at("/blocks/0/text/text").asText()).hasSizeLessThanOrEqualTo(150);
    assertThat(body.at("/blocks/1/text/text").asText().replace("&lt;", "<"))
        .hasSizeLessThanOrEqualTo(3_000)
        .endsWith("…");
  }

  @ParameterizedTest
  @CsvSource({
    "429,false",
    "500,false",
    "503,false",
    "408,false",
    "400,true",
    "403,true",
    "404,true",
    "410,true",
    "302,true"
  })
  void send_refused_saysWhetherToTryAgain(int status, boolean permanent) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Location", "/elsewhere")
            .body("no_service")
            .build());

    assertThatThrownBy(() -> channel("").send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(
            ChannelException.class, e -> assertThat(e.permanent()).isEqualTo(permanent))
        .hasMessageContaining("channel 'ops': ")
        .hasMessageContaining(status + " no_service")
        .message()
        .doesNotContain("s3cr3tpath");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void send_whenNobodyListens_isTriedAgainAndHidesTheAddress() {
    String url = server.url(SECRET_PATH).toString();
    server.close();

    assertThatThrownBy(() -> channel(url, "").send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .message()
        .contains("gave no answer")
        .doesNotContain("s3cr3tpath");
  }

  @Test
  void send_whenTheAnswerNeverComes_endsAtTheTimeout() {
    server.enqueue(new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());

    assertThatThrownBy(() -> channel(", \"timeout\": \"1s\"").send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .hasMessageContaining("gave no answer");
  }

  @Test
  void send_withoutTls_isRefusedUnlessAllowed() {
    Channel channel =
        Parts.channel(
            "{\"type\": \"slack\", \"url\": \"http://chat.example.com/hook\"}",
            new SettableClock());

    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isTrue())
        .hasMessageContaining("not https");
  }

  @Test
  void send_whenTheSecretIsMissing_namesItsPlaceAndIsTriedAgain() {
    Channel channel =
        Parts.channel(
            "{\"type\": \"slack\", \"url\": {\"env\": \"SLACK_CACHE\"}}", new SettableClock());

    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .hasMessageContaining("environment variable SLACK_CACHE is not set");
  }

  private Channel channel(String more) {
    return channel(server.url(SECRET_PATH).toString(), more);
  }

  private static Channel channel(String url, String more) {
    return Parts.channel(
        "{\"type\": \"slack\", \"url\": \"%s\", \"allowHttp\": true%s}".formatted(url, more),
        new SettableClock());
  }

  private RecordedRequest taken() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
  }

  private static JsonNode body(RecordedRequest request) throws Exception {
    return Parts.CONFIGURATION.readTree(Objects.requireNonNull(request.getBody()).utf8());
  }
}
