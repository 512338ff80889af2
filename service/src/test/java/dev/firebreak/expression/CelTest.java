package dev.firebreak.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelTest {
  private static final Scope RUN =
      new Scope(true, false, true, true, true, Set.of("host"), Set.of("ping", "redis-info"));

  private static final Map<String, Object> MODEL =
      Map.of(
          "alert",
          Map.of("status", "firing", "labels", Map.of("alertname", "RedisDown", "job", "cache")),
          "steps",
          Map.of(
              "ping",
              Map.of("ok", false, "failed", true, "attempt", 1, "output", Map.of("ms", 12)),
              "redis-info",
              Map.of("ok", true, "output", Map.of())),
          "vars",
          Map.of("host", "cache-1"),
          "limit",
          Map.of("used", 1, "max", 2, "left", 1),
          "output",
          Map.of(
              "status",
              200,
              "value",
              0.04,
              "exact",
              new BigDecimal("0.5"),
              "used",
              5,
              "total",
              10,
              "truth",
              true,
              "list",
              List.of(1, 2.5)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alert.status == 'firing' && alert.labels.alertname == 'RedisDown'",
        "steps.ping.failed && !steps.ping.ok",
        "steps['redis-info'].ok",
        "vars.host == 'cache-1'",
        "output.status == 200",
        "output.status == 200.0",
        "output.status >= 199.5 && output.status in [200, 201]",
        "output.value < 0.05",
        "output.value < 1",
        "output.value * 100 < 5",
        "output.value * output.status > 7",
        "output.status + 0.5 > 200",
        "2 * output.value < 0.1",
        "output.exact == 0.5",
        "limit.used > 0",
        "limit.used > 0.5",
        "double(output.used) / double(output.total) > 0.4",
        "output.used / 2.0 == 2.5",
        "size(alert.labels) == 2",
        "output.list.exists(x, x > 2)",
        "has(alert.labels.job) && !has(alert.labels.instance)",
        "alert.labels[?'instance'].orValue('none') == 'none'",
        "alert.labels.job.matches('^ca')",
        "alert.labels.job.upperAscii() == 'CACHE'",
        "output.truth",
        "steps.all(id, steps[id].attempt < 5 || id != 'ping')",
      })
  void condition_thatHolds_isTrue(String source) {
    assertThat(Cel.condition(source, RUN).test(MODEL)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          alert.lables.x == 'a'        | column 6: alert has no 'lables' (did you mean 'labels'?)
          has(alert.lables.x)          | column 10: alert has no 'lables' (did you mean 'labels'?)
          steps.pong.failed            | column 6: no step 'pong' has surely run before this (did you mean 'ping'?)
          steps['pong'].failed         | column 6: no step 'pong' has surely run before this (did you mean 'ping'?)
          steps.redis-info.ok          | column 6: no step 'redis' has surely run before this (a name with a hyphen is written steps['redis-info'])
          steps.ping.faild             | column 11: steps.ping has no 'faild' (did you mean 'failed'?)
          vars.hots == 'x'             | column 5: there is no var 'hots' (did you mean 'host'?)
          alrt.status == 'x'           | column 1: nothing here is called 'alrt' (did you mean 'alert'?)
          limit.usd > 0                | column 6: limit has no 'usd' (did you mean 'used'?)
          alert.status.x == 'a'        | column 13: alert.status is a single value: it has no 'x'
          alert.labels.x == 3          | column 16: '==' does not take (text, number)
          alert.status                 | column 1: a condition must be true or false, this is a text
          output.a / output.b > 0.5    | column 10: dividing two whole numbers cuts the result to a whole number (write double(a) / double(b))
          alert.status.startWith('f')  | column 23: nothing here is called 'startWith' (did you mean 'startsWith'?)
          """)
  void condition_withAMistake_isRefusedWithColumnAndAdvice(String source, String message) {
    assertThatThrownBy(() -> Cel.condition(source, RUN))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1 +", "a b", "alert.status == 'x", "alert.status = 'x'"})
  void condition_thatIsNoExpression_isRefused(String source) {
    assertThatThrownBy(() -> Cel.condition(source, RUN)).isInstanceOf(ExpressionException.class);
  }

  @Test
  void scope_thatDoesNotKnowRuns_refusesSteps() {
    assertThatThrownBy(() -> Cel.condition("steps.ping.ok", Scope.ALERT))
        .hasMessageContaining("nothing here is called 'steps'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          alert.labels.instance == 'x'    | alert.labels has no 'instance'
          alert.labels['instance'] == 'x' | alert.labels has no 'instance'
          output.error == 'x'             | output has no 'error'
          steps.ping.output.rtt > 1       | steps.ping.output has no 'rtt'
          output.status                   | must be true or false, it is '200'
          output.list[7] == 1             | Index out of bounds: 7
          """)
  void test_whenAKeyIsMissing_namesIt(String source, String message) {
    Condition condition = Cel.condition(source, RUN);
    assertThatThrownBy(() -> condition.test(MODEL))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void evaluate_yieldsJson() {
    Map<String, Object> payload = new HashMap<>();
    payload.put("none", null);
    payload.put("items", List.of(Map.of("n", 1)));
    Map<String, Object> model = Map.of("payload", payload, "headers", Map.of());
    assertThat(Cel.expression("payload.items", Scope.PAYLOAD).evaluate(model))
        .isEqualTo(List.of(Map.of("n", 1L)));
    assertThat(Cel.expression("payload.none", Scope.PAYLOAD).evaluate(model)).isNull();
    assertThat(Cel.expression("{'a': [1, 2.5, 'x']}", Scope.PAYLOAD).evaluate(model))
        .isEqualTo(Map.of("a", List.of(1L, 2.5, "x")));
    assertThat(Cel.expression("payload.?missing", Scope.PAYLOAD).evaluate(model)).isNull();
  }

  @Test
  void costs_areBounded() {
    String list = "[" + "1,".repeat(300) + "1]";
    Condition nested =
        Cel.condition(list + ".all(a, " + list + ".all(b, " + list + ".all(c, true)))", RUN);
    assertThatThrownBy(() -> nested.test(MODEL)).isInstanceOf(ExpressionException.class);
    assertThatThrownBy(() -> Cel.condition("!".repeat(9_000) + "true", RUN))
        .isInstanceOf(ExpressionException.class);
    assertThatThrownBy(() -> Cel.condition("(".repeat(2_000) + "true" + ")".repeat(2_000), RUN))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void matches_withAPatternThatExplodesElsewhere_isLinear() {
    Condition condition = Cel.condition("alert.status.matches('^(a+)+$')", Scope.ALERT);
    Map<String, Object> model = Map.of("alert", Map.of("status", "a".repeat(50_000) + "!"));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    assertThat(condition.test(model)).isFalse();
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(2_000_000_000L);
  }

  @Test
  void trigger_isAskedInMicroseconds() {
    Condition condition =
        Cel.condition(
            "alert.status == 'firing' && alert.labels.alertname == 'RedisDown'", Scope.ALERT);
    for (int i = 0; i < 3_000; i++) {
      assertThat(condition.test(MODEL)).isTrue();
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int batch = 0; batch < 10; batch++) {
      long before = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < 500; i++) {
        assertThat(condition.test(MODEL)).isTrue();
      }
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - before) / 500);
    }
    assertThat(best).as("nanoseconds for one alert and one runbook").isLessThan(100_000);
  }
}
