package dev.firebreak.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.firebreak.fixtures.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsTest {
  private final SettableClock clock = new SettableClock();

  @Test
  void build_withEveryType_knowsEachByItsName() throws Exception {
    Map<String, ChannelSettings> settings =
        Parts.CONFIGURATION.readValue(
            """
            {"#cache": {"type": "slack", "url": {"env": "SLACK_CACHE"}},
             "mail": {"type": "smtp", "host": "mx.example.com", "from": "firebreak@example.com",
                      "to": ["ops@example.com"]},
             "pager": {"type": "webhook", "url": {"env": "PAGER_URL"},
                       "secrets": [{"file": "/run/secrets/pager"}]},
             "console": {"type": "console"}}
            """,
            new TypeReference<>() {});

    Channels channels = Channels.build(settings, Parts.at(clock));

    assertThat(channels.names()).containsExactly("#cache", "console", "mail", "pager");
    assertThat(channels.get("#cache").name()).isEqualTo("#cache");
  }

  @Test
  void get_unknownName_isPermanentAndSaysWhatWasMeant() {
    Channels channels = new Channels(List.of(Parts.channel("{\"type\": \"console\"}", clock)));

    assertThatThrownBy(() -> channels.get("opps"))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isTrue())
        .hasMessageContaining("no channel 'opps'")
        .hasMessageContaining("did you mean 'ops'?");
  }

  @Test
  void settings_withUnknownKey_areRefused() {
    assertThatThrownBy(() -> Parts.settings("{\"type\": \"console\", \"colour\": true}"))
        .hasMessageContaining("colour");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"slack\"}|channels.ops.url: is missing",
        "{\"type\":\"slack\",\"url\":{\"env\":\"X\"},\"timeout\":\"5m\"}|timeout: must be from 1s"
            + " to 20s",
        "{\"type\":\"webhook\",\"url\":{\"env\":\"X\"},\"secrets\":[]}|secrets: is empty",
        "{\"type\":\"smtp\",\"from\":\"a@b.c\",\"to\":[\"a@b.c\"]}|host: is missing",
        "{\"type\":\"smtp\",\"host\":\"h\",\"from\":\"a@b.c\",\"to\":[]}|to: is empty",
        "{\"type\":\"smtp\",\"host\":\"h\",\"from\":\"a\",\"to\":[\"a@b.c\"]}|from: 'a' is no mail"
            + " address",
        "{\"type\":\"smtp\",\"host\":\"h\",\"from\":\"a@b.c\",\"to\":[\"a@b.c\\n"
            + "Bcc: x@y.z\"]}|no mail address",
        "{\"type\":\"smtp\",\"host\":\"h\",\"tls\":\"yes\",\"from\":\"a@b.c\",\"to\":[\"a@b.c\"]}|must"
            + " be starttls, implicit or none",
        "{\"type\":\"smtp\",\"host\":\"h\",\"username\":\"u\",\"from\":\"a@b.c\",\"to\":[\"a@b.c\"]}|give"
            + " both or none",
        "{\"type\":\"smtp\",\"host\":\"h\",\"tls\":\"none\",\"username\":\"u\",\"password\":{\"env\":\"P\"},\"from\":\"a@b.c\",\"to\":[\"a@b.c\"]}|sent"
            + " in clear",
        "{\"type\":\"smtp\",\"host\":\"h\",\"port\":0,\"from\":\"a@b.c\",\"to\":[\"a@b.c\"]}|port:"
            + " must be",
      })
  void build_withAFault_namesTheKey(String json, String fault) {
    assertThatThrownBy(() -> Parts.channel(json, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void console_printsSubjectTextAndLink_withoutControlCharacters() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ChannelParts parts = Parts.at(clock);
    Channel console =
        Parts.settings("{\"type\": \"console\"}")
            .build(
                "ops",
                new ChannelParts(
                    parts.http(),
                    parts.json(),
                    parts.secrets(),
                    clock,
                    new PrintStream(printed, true, StandardCharsets.UTF_8)));

    assertThat(console.send(Parts.notice("Redis \u001b[31mdown\nagain", "one\ntwo\u0007")))
        .isEqualTo("printed");

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "── ops: Redis [31mdown again",
            "   one",
            "   two",
            "   → https://firebreak.example.com/incidents/inc_1");
  }
}
