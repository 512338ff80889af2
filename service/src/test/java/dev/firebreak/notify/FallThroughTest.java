package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Parts;
import dev.firebreak.core.Message;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.SettableClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way to people is taken first: when it hangs or is gone, the next is taken in time. */
@Timeout(30)
class FallThroughTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack",
        "slack-app",
        "teams",
        "mattermost",
        "webhook",
        "sms",
        "pagerduty",
        "smtp"
      })
  void carry_whenTheFirstNeverAnswers_takesTheNext(String type) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(receipt(type, silent.getLocalPort(), Duration.ofMillis(300)))
          .startsWith("next: ok (after channel 'ops'")
          .contains("gave no answer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack",
        "slack-app",
        "teams",
        "mattermost",
        "webhook",
        "sms",
        "pagerduty",
        "smtp"
      })
  void carry_whenNobodyListensAtTheFirst_takesTheNextAtOnce(String type) throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(receipt(type, port, Duration.ofSeconds(20))).startsWith("next: ok (after channel");
  }

  @Test
  void patience_leavesTimeForTwoMoreChannelsWithinAMinute() {
    assertThat(PatientPost.PATIENCE.multipliedBy(2)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void everyTypeThereIs_isTried() throws Exception {
    Path services =
        Path.of("src/main/resources/META-INF/services/dev.firebreak.channel.ChannelSettings");
    try (var types = Files.lines(services)) {
      assertThat(types).as("eight that can hang, and the console").hasSize(9);
    }
  }

  private String receipt(String type, int port, Duration patience) {
    Recording next = new Recording("next");
    return new NotifyCourier(
            new Channels(List.of(first(type, port), next)),
            new Templates(Path.of("../templates")),
            (incident, run) ->
                Map.of("incident", Map.of("id", "inc_1", "title", "t", "url", "https://fb")),
            threads,
            patience)
        .carry(
            new Message(
                "notify",
                "k",
                Map.of("incident", "inc_1", "channels", List.of("ops", "next"), "text", "t")));
  }

  private static Channel first(String type, int port) {
    String more =
        switch (type) {
          case "webhook" -> ", \"secrets\": [\"whsec_MDEyMzQ1Njc4OWFiY2RlZg==\"]";
          case "pagerduty" -> ", \"routingKey\": \"0123456789abcdef0123456789abcdef\"";
          case "sms" ->
              ", \"account\": \"AC1\", \"token\": \"secret\", \"from\": \"+15005550006\","
                  + " \"to\": [\"+491701234567\"]";
          case "slack-app" ->
              ", \"token\": \"xoxb-1\", \"signingSecret\": \"s\", \"conversation\": \"C024BE91L\"";
          default -> "";
        };
    String address = type.equals("slack-app") ? "api" : "url";
    String json =
        type.equals("smtp")
            ? """
            {"type": "smtp", "host": "127.0.0.1", "port": %d, "tls": "none", "timeout": "1s",
             "from": "firebreak@example.com", "to": ["ops@example.com"]}
            """
                .formatted(port)
            : "{\"type\": \"%s\", \"%s\": \"http://127.0.0.1:%d/x\", \"allowHttp\": true, \"timeout\": \"1s\"%s}"
                .formatted(type, address, port, more);
    return Parts.channel(json, new SettableClock());
  }
}
