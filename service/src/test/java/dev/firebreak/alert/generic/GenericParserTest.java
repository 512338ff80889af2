package dev.firebreak.alert.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.UnreadableBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenericParserTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static Mapping mapping(@Nullable String each, String fingerprint, Fields labels) {
    return new Mapping(
        each, "payload.state", fingerprint, "payload.since", null, labels, null, null, null, null);
  }

  private static Mapping each() {
    return mapping("payload.list", "payload.id", new Fields("payload.tags", Map.of()));
  }

  private static Parsed parse(Mapping mapping, String body) {
    return new GenericParser("g", 3, mapping)
        .parse(
            body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
            Headers.of(Map.of("X-Env", List.of("prod"), "Authorization", List.of("secret"))),
            NOW);
  }

  @Test
  void each_oneBadElement_keepsTheOthers() {
    Parsed parsed =
        parse(
            each(),
            "{'list':[{'state':'firing','id':1,'since':1795320598,'tags':{'a':1.0,'b':true,'c':null}},"
                + "{'state':'firing','id':2,'since':null,'tags':{'x':'\\u0000'}},{'id':3}]}");

    assertThat(parsed.items()).hasSize(3);
    Alert good = ((Parsed.Read) parsed.items().getFirst()).alert();
    assertThat(good.fingerprint()).isEqualTo("1");
    assertThat(good.labels()).isEqualTo(Map.of("a", "1", "b", "true"));
    assertThat(good.startsAt()).isEqualTo("2026-11-22T04:09:58Z");
    assertThat(((Parsed.Faulty) parsed.items().get(1)).reason())
        .isEqualTo("alert 1: labels.x contains a NUL character");
    assertThat(((Parsed.Faulty) parsed.items().get(2)).reason())
        .startsWith("alert 2: mapping.status: ");
  }

  @Test
  void hugeWholeNumber_staysExactAsAKey() {
    Parsed parsed =
        parse(
            mapping(null, "payload.id", new Fields("{}", Map.of())),
            "{'state':'firing','id':123456789012345678901234567890,'since':''}");

    Parsed.Read read = (Parsed.Read) parsed.items().getFirst();
    assertThat(read.alert().fingerprint()).isEqualTo("123456789012345678901234567890");
    assertThat(read.startKnown()).isFalse();
  }

  @Test
  void headers_areSeenWithoutCredentials() {
    Mapping mapping =
        mapping(
            null,
            "'k'",
            new Fields(
                null,
                Map.of("env", "headers['x-env']", "auth", "string('authorization' in headers)")));

    Parsed parsed = parse(mapping, "{'state':'firing','since':''}");

    assertThat(((Parsed.Read) parsed.items().getFirst()).alert().labels())
        .isEqualTo(Map.of("env", "prod", "auth", "false"));
  }

  @Test
  void fingerprint_yieldingNothing_isAFault() {
    Parsed parsed = parse(each(), "{'list':[{'state':'firing','id':'','since':'','tags':{}}]}");

    assertThat(((Parsed.Faulty) parsed.items().getFirst()).reason())
        .contains("mapping.fingerprint yields nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,2",
        "{'list':7}",
        "{'other':1}",
        "null",
        "{'list':[],'x':1e400}",
        "{'a':1,'a':2,'list':[]}",
      })
  void body_withoutTheList_isMalformed(String body) {
    assertThatThrownBy(() -> parse(each(), body)).isInstanceOf(UnreadableBody.class);
  }

  @Test
  void list_longerThanAllowed_isTooMany() {
    assertThatThrownBy(() -> parse(each(), "{'list':[1,2,3,4]}"))
        .isInstanceOfSatisfying(
            UnreadableBody.class,
            e -> assertThat(e.kind()).isEqualTo(UnreadableBody.Kind.TOO_MANY));
  }
}
