package dev.firebreak.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.alert.generic.Fields;
import dev.firebreak.alert.generic.Mapping;
import dev.firebreak.core.Masker;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import io.dropwizard.jackson.Jackson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSettingsTest {
  private static final ObjectMapper YAML =
      Jackson.newObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final Secrets SECRETS = new Secrets(Map.of(), name -> null, new Masker());

  private static SourceSettings read(String yaml) throws Exception {
    return YAML.readValue(yaml, SourceSettings.class);
  }

  @Test
  void shortest_hasTheDefaults() throws Exception {
    SourceSettings settings = read("{name: am, type: alertmanager, auth: {type: none}}");

    assertThat(settings.bytes()).isEqualTo(5 * 1024 * 1024);
    assertThat(settings.alerts()).isEqualTo(5000);
    assertThat(settings.auth()).isEqualTo(new SourceAuth.None(false));
  }

  @Test
  void everyKey_isRead() throws Exception {
    SourceSettings settings =
        read(
            """
            name: x
            type: generic
            auth:
              type: hmac
              secrets: [{env: A}, {file: /b}]
              header: X-S
              algorithm: sha512
              prefix: "v1="
              encoding: base64
              timestamp: {header: X-T, within: 1m, layout: dot}
            maxBytes: 2048
            maxAlerts: 3
            plainText: true
            mapping:
              each: payload.a
              status: "'firing'"
              fingerprint: payload.f
              starts_at: payload.s
              ends_at: payload.e
              labels: payload.l
              annotations: {n: payload.n}
              severity: payload.v
              summary: payload.t
              link: payload.k
            """);

    SourceAuth.Hmac hmac = (SourceAuth.Hmac) settings.auth();
    assertThat(hmac.secrets()).hasSize(2);
    assertThat(hmac.algorithm()).isEqualTo("sha512");
    assertThat(hmac.timestamp()).isEqualTo(new SourceAuth.Timestamp("X-T", "1m", "dot"));
    assertThat(settings.plainText()).isTrue();
    assertThat(settings.bytes()).isEqualTo(2048);
    Mapping mapping = Objects.requireNonNull(settings.mapping());
    assertThat(mapping.startsAt()).isEqualTo("payload.s");
    assertThat(mapping.labels()).isEqualTo(new Fields("payload.l", Map.of()));
    assertThat(mapping.annotations()).isEqualTo(new Fields(null, Map.of("n", "payload.n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: alertmanager, auth: {type: none}} | a source needs a name",
        "{name: A b, type: alertmanager, auth: {type: none}} | not 'A b'",
        "{name: a, auth: {type: none}} | type must be alertmanager or generic",
        "{name: a, type: zabbix, auth: {type: none}} | not 'zabbix'",
        "{name: a, type: alertmanager} | auth is missing",
        "{name: a, type: alertmanager, auth: {type: none}, maxBytes: 5} | maxBytes must be",
        "{name: a, type: alertmanager, auth: {type: none}, maxAlerts: 0} | maxAlerts must be",
        "{name: a, type: alertmanager, auth: {type: none}, plainText: true} | plainText belongs",
        "{name: a, type: generic, auth: {type: none}} | mapping belongs to type generic",
        "{name: a, type: alertmanager, auth: {type: none}, colour: red} | colour",
        "{name: a, type: alertmanager, auth: {type: bearer}} | auth.tokens is empty",
        "{name: a, type: alertmanager, auth: {type: bearer, tokens: []}} | auth.tokens is empty",
        "{name: a, type: alertmanager, auth: {type: basic, passwords: [{env: A}]}} | auth.user",
        "{name: a, type: alertmanager, auth: {type: hmac, secrets: [{env: A}]}} | auth.header",
        "{name: a, type: alertmanager, auth: {type: hmac, secrets: [{env: A}], header: X,"
            + " encoding: rot13}} | must be hex or base64",
        "{name: a, type: alertmanager, auth: {type: hmac, secrets: [{env: A}], header: X,"
            + " timestamp: {header: T, within: 2h}}} | must be from 1ms to 1h",
        "{name: a, type: generic, auth: {type: none}, mapping: {fingerprint: payload.a}}"
            + " | mapping.status is missing",
        "{name: a, type: generic, auth: {type: none}, mapping: {status: payload.a}}"
            + " | mapping needs 'fingerprint' or",
      })
  void wrong_isRefusedInWords(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml)).hasMessageContaining(message);
  }

  @Test
  void sources_badExpressionsAndDoubleNames_areAllNamed() throws Exception {
    SourceSettings bad =
        read(
            "{name: kuma, type: generic, auth: {type: none}, mapping: {status: \"payload.\","
                + " fingerprint: payload.f}}");
    SourceSettings twice = SourceSettings.alertmanager("am", new SourceAuth.None(false));

    assertThatThrownBy(() -> Sources.of(List.of(bad, twice, twice), SECRETS))
        .hasMessageContaining("source 'kuma': mapping.status: ")
        .hasMessageContaining("source 'am': there are two");
  }

  @Test
  void learn_missingSecretsAndOpenDoors_areReported() {
    List<SourceSettings> settings =
        List.of(
            SourceSettings.alertmanager("a", new SourceAuth.Bearer(List.of(SecretRef.env("NO")))),
            SourceSettings.alertmanager("b", new SourceAuth.None(true)));

    assertThat(Sources.learn(settings, SECRETS))
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).contains("source 'a'", "environment variable NO"))
        .anySatisfy(text -> assertThat(text).contains("source 'b' lets in everybody"));
  }
}
