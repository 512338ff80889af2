package dev.firebreak.action.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Credential;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.SecretRef;
import dev.firebreak.fixtures.Bench;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusActionTest {
  private final MockWebServer server = new MockWebServer();
  private final Bench bench = new Bench();

  @BeforeEach
  void start() throws Exception {
    server.start();
    bench.settings(
        "prometheus",
        Map.of(
            "url",
            "http://127.0.0.1:" + server.getPort() + "/prom",
            "servers",
            Map.of(
                "eu", Map.of("url", "http://localhost:" + server.getPort(), "credential", "p"))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Outcome ask(int status, String answer, Map<String, Object> params) {
    server.enqueue(new MockResponse.Builder().code(status).body(answer).build());
    return bench.read("prometheus", params);
  }

  private static String success(String type, String result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}"
        .formatted(type, result);
  }

  private HttpUrl asked() throws Exception {
    return HttpUrl.get("http://h" + server.takeRequest().getTarget());
  }

  @Test
  void vector_givesItsValues() throws Exception {
    Outcome outcome =
        ask(
            200,
            success(
                "vector",
                "[{\"metric\":{\"job\":\"a\"},\"value\":[1.5,\"42\"]},"
                    + "{\"metric\":{\"job\":\"b\"},\"value\":[1.5,\"NaN\"]}]"),
            Map.of("query", "up{job=\"a\"}"));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(outcome.output())
        .containsEntry("value", 42.0)
        .containsEntry("count", 2L)
        .containsEntry(
            "values",
            List.of(
                Map.of("labels", Map.of("job", "a"), "value", 42.0),
                Map.of("labels", Map.of("job", "b"), "value", "NaN")))
        .doesNotContainKey("series");
    assertThat(outcome.evidence().getFirst().mediaType()).isEqualTo("application/json");
    HttpUrl asked = asked();
    assertThat(asked.encodedPath()).isEqualTo("/prom/api/v1/query");
    assertThat(asked.queryParameter("query")).isEqualTo("up{job=\"a\"}");
  }

  @Test
  void scalar_isAValueToo() {
    assertThat(ask(200, success("scalar", "[1, \"7\"]"), Map.of("query", "scalar(x)")).output())
        .containsEntry("value", 7.0)
        .containsEntry("count", 1L);
  }

  @Test
  void range_givesSeriesAndTheirLastValue() throws Exception {
    Outcome outcome =
        ask(
            200,
            success("matrix", "[{\"metric\":{},\"values\":[[1,\"1\"],[2.5,\"3\"]]}]"),
            Map.of("query", "up", "range", "1h"));
    assertThat(outcome.output())
        .containsEntry("value", 3.0)
        .containsEntry(
            "series",
            List.of(
                Map.of(
                    "labels", Map.of(), "points", List.of(List.of(1L, 1.0), List.of(2.5, 3.0)))));
    HttpUrl asked = asked();
    assertThat(asked.encodedPath()).isEqualTo("/prom/api/v1/query_range");
    long end = bench.clock().instant().getEpochSecond();
    assertThat(asked.queryParameter("end")).isEqualTo(end + ".000");
    assertThat(asked.queryParameter("start")).isEqualTo((end - 3600) + ".000");
    assertThat(asked.queryParameter("step")).isEqualTo("30.0");
  }

  @Test
  void manyPoints_areCut() {
    StringBuilder result = new StringBuilder("[");
    for (int i = 0; i < 300; i++) {
      result.append(i == 0 ? "" : ",").append("{\"metric\":{},\"value\":[1,\"1\"]}");
    }
    Outcome outcome = ask(200, success("vector", result + "]"), Map.of("query", "up"));
    assertThat(outcome.output()).containsEntry("count", 300L).containsEntry("truncated", true);
    assertThat((List<?>) outcome.output().get("values")).hasSize(200);
  }

  @Test
  void emptyResult_isAFailureUnlessSaidToBeFine() {
    String empty = success("vector", "[]");
    Outcome.Failed failed = (Outcome.Failed) ask(200, empty, Map.of("query", "up"));
    assertThat(failed.reason().code()).isEqualTo("no-data");
    assertThat(failed.retryable()).isTrue();
    Outcome fine = ask(200, empty, Map.of("query", "up", "empty", "ok"));
    assertThat(fine).isInstanceOf(Outcome.Succeeded.class);
    assertThat(fine.output()).containsEntry("count", 0L).doesNotContainKey("value");
  }

  @Test
  void refusedQuery_saysWhy() {
    Outcome.Failed failed =
        (Outcome.Failed)
            ask(
                400,
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}",
                Map.of("query", "up{"));
    assertThat(failed.reason().code()).isEqualTo("query-failed");
    assertThat(failed.reason().text()).endsWith("refuses the query: parse error");
    assertThat(failed.retryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "[]",
        "null",
        "{\"status\":\"success\"}x",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"values\":[1]}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[null,null]}}",
      })
  void answerOfAnotherKind_isAFailure(String answer) {
    Outcome outcome = ask(200, answer, Map.of("query", "up"));
    assertThat(outcome).as("%s", outcome.output()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void serverAndCredential_areTakenByName() throws Exception {
    bench.credentials(
        new Credential(
            "p",
            List.of("http://localhost:" + server.getPort()),
            "bearer",
            null,
            null,
            SecretRef.valueOf("tok3n")));
    ask(200, success("scalar", "[1, \"7\"]"), Map.of("query", "up", "server", "eu"));
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer tok3n");
    assertThatThrownBy(() -> bench.read("prometheus", Map.of("query", "up", "credential", "p")))
        .isInstanceOf(BadParameter.class)
        .hasMessageContaining("is not shown to");
    assertThatThrownBy(() -> bench.read("prometheus", Map.of("query", "up", "server", "us")))
        .hasMessageContaining("'us' is not among actions.prometheus.servers");
    assertThatThrownBy(() -> new Bench().read("prometheus", Map.of("query", "up")))
        .hasMessageContaining("actions.prometheus.url");
  }

  private static boolean takes(String query) {
    JsonNode schema = new ObjectMapper().valueToTree(new Bench().action("prometheus").schema());
    return Pattern.compile(schema.at("/properties/query/pattern").asText()).matcher(query).find();
  }

  @Test
  void template_mayStandInDoubleQuotesOnly() {
    assertThat(takes("redis_up{instance=\"{{vars.host}}\", job='x'} > 0")).isTrue();
    assertThat(takes("rate(x{a=~\"{{vars.a}}:.*\"}[5m])")).isTrue();
    assertThat(takes("up{a='{{vars.a}}'}")).isFalse();
    assertThat(takes("up{a=`{{vars.a}}`}")).isFalse();
    assertThat(takes("{{vars.metric}} > 0")).isFalse();
    assertThat(takes("up{a=\"x\\\"\", b='{{vars.a}}'}")).isFalse();
    assertThat(takes("x[{{vars.range}}]")).isFalse();
    assertThat(takes("up{a='\\{{vars.a}}'}")).isFalse();
    assertThat(takes("up{a=`{`, b=\"{{vars.a}}\"}")).isTrue();
    assertThat(takes("up{a=\"{{vars.a}}\"")).isTrue();
    assertThat(takes("up{a=\"{{vars.a}}")).isFalse();
    assertThat(takes("sum(x{a=\"b\"}) by (".repeat(100))).isTrue();
  }
}
