package dev.firebreak.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsChannelTest {
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
  void send_postsTheFormToTheAccount_andReturnsTheIds() throws Exception {
    answer(201, "{\"sid\": \"SM1\", \"status\": \"queued\"}");
    answer(201, "{\"sid\": \"SM2\", \"status\": \"queued\"}");

    assertThat(channel().send(Parts.notice("a", "b"))).isEqualTo("accepted as SM1, SM2");

    RecordedRequest request = Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
    assertThat(request.getTarget()).isEqualTo("/2010-04-01/Accounts/AC123/Messages.json");
    assertThat(request.getHeaders().get("Authorization"))
        .isEqualTo(Credentials.basic("AC123", "t0ken-secret"));
    assertThat(request.getHeaders().get("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(Objects.requireNonNull(request.getBody()).utf8())
        .startsWith("To=%2B491701234567&From=%2B15005550006&Body=a%0Ab%0Ahttps");
  }

  @Test
  void send_oneNumberRefusedForGood_reachesTheOthersAndNamesIt() {
    answer(400, "{\"code\": 21211, \"message\": \"Invalid 'To' Phone Number\", \"status\": 400}");
    answer(201, "{\"sid\": \"SM2\"}");

    assertThat(channel().send(Parts.notice("a", "b")))
        .startsWith("accepted as SM2, but not for 1 of 2 numbers: ")
        .contains("for …567: Invalid 'To' Phone Number (error 21211)");
  }

  @Test
  void send_everyNumberRefused_isGivenUp() {
    answer(400, "{\"code\": 21610, \"message\": \"unsubscribed\"}");
    answer(400, "{\"code\": 21211, \"message\": \"invalid\"}");

    assertThatThrownBy(() -> channel().send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isTrue())
        .hasMessageContaining("error 21610")
        .hasMessageContaining("error 21211");
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "404", "429", "500", "503"})
  void send_serviceOrAccountInTrouble_isTriedAgainAndAsksForOneNumberOnly(int status) {
    answer(status, "t0ken-secret is wrong");

    assertThatThrownBy(() -> channel().send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .hasMessageContaining("answered " + status)
        .message()
        .doesNotContain("t0ken-secret");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"to\": []|to: must have 1 to 10 numbers",
        "\"to\": [\"0170123\"]|to: '0170123' must be like +49",
        "\"from\": \"much too long a name\"|from: ",
        "\"segments\": 11|segments: must be from 1 to 10",
        "\"account\": \"a/../b\"|account: must be",
        "\"url\": \"http://sms.example.com\"|url: is not https",
        "\"url\": \"nowhere\"|url: 'nowhere' is no address",
      })
  void build_withAFault_namesTheKey(String pair, String fault) {
    String key = pair.substring(0, pair.indexOf(':'));
    String json =
        java.util.stream.Stream.of(
                "\"account\": \"AC1\"",
                "\"token\": \"x\"",
                "\"from\": \"+15005550006\"",
                "\"to\": [\"+491701234567\"]")
            .filter(one -> !one.startsWith(key))
            .collect(java.util.stream.Collectors.joining(", "));
    assertThatThrownBy(
            () ->
                Parts.channel(
                    "{\"type\": \"sms\", " + json + ", " + pair + "}", new SettableClock()))
        .hasMessageContaining("channels.ops." + fault);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private Channel channel() {
    return Parts.channel(
        """
        {"type": "sms", "account": "AC123", "token": "t0ken-secret", "from": "+15005550006",
         "to": ["+491701234567", "+491707654321"], "url": "%s", "allowHttp": true}
        """
            .formatted(server.url("/")),
        new SettableClock());
  }
}
