package dev.firebreak.channel.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeamsChannelTest {
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
  void send_markupMentionsAndFunctions_standInTextRunsAndDoNothing() throws Exception {
    String sent = sent(new Notice("k", "inc_1", "**a** <at>all</at>", "{{DATE(1)}} [x](y)", null));

    JsonNode card = Parts.CONFIGURATION.readTree(sent).at("/attachments/0/content");
    assertThat(card.findValuesAsText("type")).doesNotContain("TextBlock");
    assertThat(card.has("actions")).isFalse();
    assertThat(sent).doesNotContain("{{", "<at>");
    assertThat(card.at("/body/0/inlines/0/text").asText()).startsWith("**a** <\u200Bat>all");
  }

  @Test
  void send_aTextOfTheWidestCharacters_staysBelowWhatTeamsTakes() throws Exception {
    String sent = sent(Parts.notice("s".repeat(900), "€\"\u0001".repeat(20_000)));

    assertThat(sent.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(28 * 1024);
    assertThat(sent).contains("€", "…", "https://firebreak.example.com/incidents/inc_1");
  }

  @Test
  void send_refusedByTheWorkflow_saysSoWithoutTheAddress() {
    server.enqueue(new MockResponse.Builder().code(429).body("slow down").build());

    assertThatThrownBy(() -> channel().send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .hasMessageContaining("429 slow down")
        .message()
        .doesNotContain("s3cr3t");
  }

  private dev.firebreak.channel.Channel channel() {
    return Parts.channel(
        "{\"type\": \"teams\", \"url\": \"%s\", \"allowHttp\": true}"
            .formatted(server.url("/workflows/s3cr3t?sig=s3cr3t")),
        new SettableClock());
  }

  private String sent(Notice notice) throws Exception {
    server.enqueue(new MockResponse.Builder().code(202).build());
    assertThat(channel().send(notice)).isEqualTo("202");
    return Objects.requireNonNull(
            Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS)).getBody())
        .utf8();
  }
}
