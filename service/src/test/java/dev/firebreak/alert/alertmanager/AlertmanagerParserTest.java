package dev.firebreak.alert.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.UnreadableBody;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerParserTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

  private static Parsed parse(String body) {
    return new AlertmanagerParser("am", 100)
        .parse(body.getBytes(StandardCharsets.UTF_8), Headers.NONE, NOW);
  }

  private static String group(String... alerts) {
    return "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":["
        + String.join(",", alerts)
        + "]}";
  }

  private static String alert(String labels) {
    return "{\"labels\":" + labels + ",\"startsAt\":\"2026-11-22T11:00:00Z\"}";
  }

  private static Alert only(Parsed parsed) {
    return ((Parsed.Read) parsed.items().getFirst()).alert();
  }

  private static String fault(String alert) {
    Parsed.Faulty faulty = (Parsed.Faulty) parse(group(alert)).items().getFirst();
    return faulty.reason();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "[]",
        "7",
        "1e400",
        "{}",
        "{\"alerts\":",
        "{\"alerts\":[{\"labels\":{\"a\":\"b\"",
        "{\"alerts\":null}",
        "{\"alerts\":{}}",
        "{\"alerts\":[]} x",
        "{\"alerts\":[],\"alerts\":[]}",
        "{\"alerts\":[],\"status\":7}",
        "{\"alerts\":[],\"truncatedAlerts\":1e400}",
        "{\"alerts\":[],\"truncatedAlerts\":-1}",
        "{\"alerts\":[],\"truncatedAlerts\":99999999999999999999}",
        "{\"alerts\":[],\"other\":1e400}",
        "{\"alerts\":[],\"groupKey\":\"\\u0000\"}",
        "alerts=1&x=2",
        "<alerts/>",
        "{'alerts':[]}",
      })
  void parse_notAGroup_isMalformedWithoutInsides(String body) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(UnreadableBody.class)
        .hasMessageNotContainingAny("Exception", "jackson", "Constraints", "\n")
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }

  @Test
  void parse_brokenInTheMiddle_namesFieldAndByte() {
    assertThatThrownBy(() -> parse("{\"alerts\":[{\"labels\":{\"a\":tru}}]}"))
        .hasMessageStartingWith("at byte 30, ")
        .hasMessageContaining("/alerts/0/labels/a");
  }

  @Test
  void parse_bombs_areRefusedQuickly() {
    String[] bombs = {
      "[".repeat(100_000),
      "{\"alerts\":" + "[".repeat(100_000),
      "{\"x\":" + "{\"a\":".repeat(100_000),
      "{\"x\":" + "9".repeat(100_000) + "}",
      "{\"x\":\"" + "a".repeat(21_000_000) + "\"}",
      "{\"" + "a".repeat(1_000_000) + "\":1}",
    };
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (String bomb : bombs) {
      byte[] body = bomb.getBytes(StandardCharsets.UTF_8);
      long start = threads.getCurrentThreadCpuTime();
      assertThatThrownBy(() -> new AlertmanagerParser("am", 100).parse(body, Headers.NONE, NOW))
          .isInstanceOf(UnreadableBody.class);
      assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
          .isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void parse_oneBadAmongFifty_keepsTheOthers() {
    String[] alerts =
        IntStream.range(0, 50)
            .mapToObj(i -> alert(i == 17 ? "{\"a\":7}" : "{\"a\":\"" + i + "\"}"))
            .toArray(String[]::new);

    Parsed parsed = parse(group(alerts));

    assertThat(parsed.items()).hasSize(50);
    assertThat(parsed.items().get(17))
        .isEqualTo(new Parsed.Faulty(17, "", "alerts[17]: labels.a must be a text, not a number"));
    assertThat(parsed.items()).filteredOn(Parsed.Read.class::isInstance).hasSize(49);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'labels':{'host':'a\\u0000b'}} | labels.host contains a NUL",
        "{'labels':{'host':'\\ud800x'}} | labels.host contains half a character",
        "{'labels':{'':'x'}} | entry without a name",
        "{'labels':{'a':'1','a':'2'}} | labels.a is given twice",
        "{'labels':{'a':null}} | labels.a must be a text, not null",
        "{'labels':[]} | labels must be an object, not a list",
        "{'annotations':{}} | labels is missing",
        "{'labels':{'a':'b'},'annotations':{'n':'\\udc00'}} | annotations.n contains half",
        "{'labels':{'a':'b'},'status':'broken'} | status must be firing or resolved, not 'broken'",
        "{'labels':{'a':'b'},'status':'firing','status':'resolved'} | status is given twice",
        "{'labels':{'a':'b'},'startsAt':'soon'} | startsAt must be a time",
        "{'labels':{'a':'b'},'endsAt':'1815-06-18T00:00:00Z'} | endsAt is outside 1970 to 9999",
        "{'labels':{'a':'b'},'startsAt':5} | startsAt must be a text, not a number",
        "{'labels':{}} | neither fingerprint nor labels",
        "7 | must be an object, not a number",
        "null | must be an object, not null",
      })
  void parse_badAlert_isSetAsideWithItsReason(String alert, String reason) {
    assertThat(fault(alert.replace('\'', '"'))).startsWith("alerts[0]: ").contains(reason);
  }

  @Test
  void parse_hugeLabelAndTooManyLabels_areSetAsideByName() {
    assertThat(fault(alert("{\"big\":\"" + "x".repeat(65_537) + "\"}")))
        .contains("labels.big is longer than 65536 bytes");
    String many =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> "\"l" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(fault(alert(many))).contains("labels has more than 10000 entries");
  }

  @Test
  void parse_strangeButWholeTexts_areKeptExactly() {
    String odd = "\u202edesrever\u202c \u200b\u0430dmin __proto__ <b> ${x} {{y}} \r\n\t😀";
    String json =
        "{\"__proto__\":\"1\",\"class\":\"2\",\"odd\":\""
            + odd.replace("\r\n\t", "\\r\\n\\t")
            + "\"}";

    assertThat(only(parse(group(alert(json)))).labels())
        .containsEntry("__proto__", "1")
        .containsEntry("class", "2")
        .containsEntry("odd", odd);
  }

  @Test
  void parse_noStart_beginsAtReceipt() {
    Parsed.Read read = (Parsed.Read) parse(group("{\"labels\":{\"a\":\"b\"}}")).items().getFirst();

    assertThat(read.startKnown()).isFalse();
    assertThat(read.alert().startsAt()).isEqualTo("2026-11-22T12:00:00.123Z");
  }

  @Test
  void parse_noSummary_fallsBackToDescriptionThenName() {
    assertThat(
            only(parse(
                    group(
                        "{\"labels\":{\"alertname\":\"X\"},\"annotations\":{\"summary\":\" \","
                            + "\"description\":\"two\\nlines\"}}")))
                .summary())
        .isEqualTo("two lines");
    assertThat(only(parse(group(alert("{\"alertname\":\"X\"}")))).summary()).isEqualTo("X");
    assertThat(only(parse(group(alert("{\"a\":\"b\"}")))).summary()).startsWith("alert ");
  }

  @Test
  void parse_links_areAbsoluteWebAddressesOrNone() {
    String start = "{\"externalURL\":\"https://g.example/sub/\",\"status\":\"firing\",\"alerts\":[";
    String alert = "{\"labels\":{\"a\":\"b\"},\"generatorURL\":\"%s\"}]}";

    assertThat(only(parse(start + alert.formatted("/alerting/1"))).link())
        .isEqualTo("https://g.example/sub/alerting/1");
    assertThat(only(parse(start + alert.formatted("javascript:alert(1)"))).link()).isNull();
    assertThat(only(parse(start + alert.formatted("http:///x y"))).link()).isNull();
  }

  @Test
  void parse_moreAlertsThanAllowed_isTooMany() {
    String[] alerts =
        IntStream.range(0, 101).mapToObj(i -> alert("{\"a\":\"b\"}")).toArray(String[]::new);

    assertThatThrownBy(() -> parse(group(alerts)))
        .isInstanceOfSatisfying(
            UnreadableBody.class,
            e -> assertThat(e.kind()).isEqualTo(UnreadableBody.Kind.TOO_MANY));
  }

  @Test
  void parse_longGroupKey_isItsHash() {
    String body = "{\"alerts\":[],\"groupKey\":\"" + "k".repeat(501) + "\"}";

    assertThat(parse(body).groupKey()).startsWith("sha256:").hasSize(71);
  }
}
