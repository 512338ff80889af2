package dev.firebreak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.DocExamples;
import dev.firebreak.fixtures.Payloads;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of the page on sources load, and their mappings read bodies that were really sent.
 */
class SourcesPageTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ObjectMapper YAML =
      Jackson.newObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final Secrets SECRETS = new Secrets(Map.of(), name -> "s3cret", new Masker());

  private record Page(List<SourceSettings> sources) {}

  private static List<SourceSettings> settings() {
    List<SourceSettings> settings = new ArrayList<>();
    for (String block : DocExamples.of("operators/sources.md", "yaml")) {
      if (block.startsWith("sources:")) {
        settings.addAll(read(block).sources());
      }
    }
    return settings;
  }

  private static Page read(String yaml) {
    try {
      return YAML.readValue(yaml, Page.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Parsed parse(String name, byte[] body) {
    SourceSettings settings =
        settings().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    return new Source(settings, SECRETS).parse(body, Headers.NONE, NOW);
  }

  @Test
  void examples_allLoad() {
    assertThat(settings())
        .extracting(SourceSettings::name)
        .contains("prometheus", "grafana", "kuma", "healthchecks", "pagerduty", "gcp", "icinga");
    assertThat(settings()).extracting(s -> new Source(s, SECRETS)).doesNotContainNull();
  }

  @Test
  void examples_forTheSendersSide_areYaml() throws IOException {
    for (String block : DocExamples.of("operators/sources.md", "yaml")) {
      assertThat(YAML.readTree(block).isObject()).as(block).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grafana-legacy | grafana | 1_ | 7 | FIRING | [Alerting] CPU alert",
        "grafana-legacy | grafana | 2_ | 7 | RESOLVED | [OK] CPU alert",
        "kuma | uptime-kuma | 1_ | 1 | FIRING | Marketing: Request failed with status code 500",
        "healthchecks | healthchecks-io | 1_ | 5398178f-6e2c-4a46-80ac-c083551f4beb | FIRING"
            + " | my check is DOWN",
        "pagerduty | pagerduty | 1_ | PFQZPSY | FIRING | Test Incident 3",
        "pagerduty | pagerduty | 2_ | PCPZE64 | RESOLVED | Test Incident",
        "gcp | google-cloud-monitoring | 1_ | f2e08c333dc64cb09f75eaab355393bz | FIRING"
            + " | CPU (agent) for webserver-85 is above the threshold of 1% with a value of 28.5%",
        "icinga | icinga2 | 2_ | web-1!http | FIRING | CRITICAL - Socket timeout after 10 seconds",
        "icinga | icinga2 | 6_ | web-1!http | RESOLVED | HTTP OK: HTTP/1.1 200 OK",
        "grafana | grafana | 5_ | 57c6d9296de2ad39 | FIRING | Notification test",
      })
  void mapping_realBody_saysWhatIsExpected(
      String source,
      String folder,
      String file,
      String fingerprint,
      Alert.Status status,
      String summary) {
    Parsed parsed = parse(source, Payloads.of(folder, file));

    Alert alert = ((Parsed.Read) parsed.items().getFirst()).alert();
    assertThat(parsed.items()).hasSize(1);
    assertThat(alert.fingerprint()).isEqualTo(fingerprint);
    assertThat(alert.status()).isEqualTo(status);
    assertThat(alert.summary()).isEqualTo(summary);
  }

  @Test
  void mapping_stateThatSaysNothing_isIgnored() {
    String maintenance =
        Payloads.text("uptime-kuma", "1_").replace("\"status\": 0", "\"status\": 3");

    Parsed parsed = parse("kuma", maintenance.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(parsed.items()).isEmpty();
    assertThat(parsed.notes()).containsExactly("elements the mapping ignores: 1");
  }

  @Test
  void mapping_closedIncident_hasStartAndEndOfItsOwn() {
    Parsed parsed = parse("gcp", Payloads.of("google-cloud-monitoring", "2_"));

    Parsed.Read read = (Parsed.Read) parsed.items().getFirst();
    assertThat(read.startKnown()).isTrue();
    assertThat(read.alert().startsAt()).isEqualTo("2017-07-06T19:10:14Z");
    assertThat(read.alert().endsAt()).isEqualTo("2017-07-06T19:20:36Z");
  }
}
