package dev.firebreak.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.firebreak.fixtures.SettableClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each channel sends, recorded word for word, and held against the shape the other side
 * published.
 */
class ContractsTest {
  private static final Path RECORDED = Path.of("src/test/resources/channel/contracts");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> recorded() {
    return Stream.of(
        Arguments.of("slack", "slack", Matter.Stage.NEWS),
        Arguments.of("teams", "teams", Matter.Stage.NEWS),
        Arguments.of("mattermost", "mattermost", Matter.Stage.NEWS),
        Arguments.of("webhook", "webhook", Matter.Stage.NEWS),
        Arguments.of("sms", "sms", Matter.Stage.NEWS),
        Arguments.of("pagerduty", "pagerduty-trigger", Matter.Stage.NEWS),
        Arguments.of("pagerduty", "pagerduty-acknowledge", Matter.Stage.ACKNOWLEDGED),
        Arguments.of("pagerduty", "pagerduty-resolve", Matter.Stage.RESOLVED));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("recorded")
  void request_isTheRecordedOne_andOfThePublishedShape(String type, String file, Matter.Stage stage)
      throws Exception {
    JsonNode sent = sent(type, notice(stage));

    assertThat(sent).isEqualTo(JSON.readTree(RECORDED.resolve(file + ".json").toFile()));
    shaped(type, sent);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void request_withHostileAndEndlessWords_keepsThePublishedShape(
      String type, String file, Matter.Stage stage) throws Exception {
    String endless = "@all <at>x</at> {{DATE(x)}} \"\\\u0000\u202e😀\r\nBcc: x\n".repeat(3_000);
    shaped(
        type,
        sent(
            type,
            new Notice("k", "inc_1", endless, endless, "https://fb/x", new Matter("hoch", stage))));
  }

  @Test
  void request_withoutWordsAndLink_keepsThePublishedShape() throws Exception {
    for (String type : new String[] {"slack", "teams", "mattermost", "webhook", "sms"}) {
      shaped(type, sent(type, new Notice("k", "inc_1", "only a subject", "", null)));
    }
    shaped("pagerduty", sent("pagerduty", new Notice("k", "inc_1", "", "", null)));
  }

  private JsonNode sent(String type, Notice notice) throws Exception {
    server.enqueue(new MockResponse.Builder().code(202).body("{\"sid\": \"SM1\"}").build());
    Channel channel = Parts.channel(settings(type), new SettableClock());
    assertThat(channel.send(notice)).isNotBlank();
    RecordedRequest request = Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
    String body = Objects.requireNonNull(request.getBody()).utf8();
    return type.equals("sms") ? form(body) : JSON.readTree(body);
  }

  private String settings(String type) {
    String url = server.url("/hook").toString();
    String more =
        switch (type) {
          case "webhook" -> ", \"secrets\": [\"whsec_MDEyMzQ1Njc4OWFiY2RlZg==\"]";
          case "mattermost" -> ", \"channel\": \"ops\", \"username\": \"firebreak\"";
          case "pagerduty" -> ", \"routingKey\": \"" + ROUTING_KEY + "\"";
          case "sms" ->
              ", \"account\": \"AC1\", \"token\": \"secret\", \"from\": \"+15005550006\","
                  + " \"to\": [\"+491701234567\"]";
          default -> "";
        };
    return "{\"type\": \"%s\", \"url\": \"%s\", \"allowHttp\": true%s}".formatted(type, url, more);
  }

  private static Notice notice(Matter.Stage stage) {
    return new Notice(
        "run_1/finally-1",
        "inc_01J",
        "[mitigated] Redis does not answer",
        "restart of redis/cache-1 was verified.\n- ping: failed - refused",
        "https://firebreak.example.com/incidents/inc_01J",
        new Matter("critical", stage));
  }

  private static JsonNode form(String body) {
    ObjectNode fields = JSON.createObjectNode();
    for (String field : body.split("&", -1)) {
      String[] parts = field.split("=", 2);
      fields.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static void shaped(String type, JsonNode sent) throws Exception {
    String schema = Files.readString(RECORDED.resolve(type + ".schema.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(sent))
        .as("%s: %s", type, sent)
        .isEmpty();
  }
}
