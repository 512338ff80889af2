package dev.firebreak.channel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MattermostChannelTest {
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
  void send_valuesThatMentionLinkOrDraw_areShownAndDoNothing() throws Exception {
    JsonNode body =
        sent(
            new Notice(
                "k",
                "inc_1",
                "@channel down",
                "@all ![x](http://evil/pixel) ~town-square # big `code` a_b",
                "https://fb/x"));

    assertThat(body.at("/attachments/0/title").asText()).isEqualTo("@\u200Bchannel down");
    assertThat(body.at("/attachments/0/fallback").asText()).isEqualTo("@\u200Bchannel down");
    assertThat(body.at("/attachments/0/text").asText())
        .isEqualTo(
            "@\u200Ball \\!\\[x\\](http://evil/pixel) \\~\u200Btown-square \\# big \\`code\\`"
                + " a\\_b");
    assertThat(body.at("/attachments/0/title_link").asText()).isEqualTo("https://fb/x");
    assertThat(body.has("channel")).isFalse();
    assertThat(body.has("username")).isFalse();
  }

  private JsonNode sent(Notice notice) throws Exception {
    server.enqueue(new MockResponse.Builder().body("ok").build());
    assertThat(
            Parts.channel(
                    "{\"type\": \"mattermost\", \"url\": \"%s\", \"allowHttp\": true}"
                        .formatted(server.url("/hooks/1")),
                    new SettableClock())
                .send(notice))
        .isEqualTo("200 ok");
    return Parts.CONFIGURATION.readTree(
        Objects.requireNonNull(
                Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS)).getBody())
            .utf8());
  }
}
