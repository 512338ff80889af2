package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.Role;
import dev.firebreak.api.ApiServer.Answer;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.run.Run;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static ApiServer server;
  private static String token;
  private static Run run;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
    token = server.token("ana", Role.ADMIN);
    run = server.samples.run(server.samples.incident("faults").id());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void isProblem(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).startsWith("urn:firebreak:problem:");
    assertThat(answer.detail()).isNotBlank();
    assertThat(answer.text())
        .doesNotContain("Exception", "dev.firebreak", "jakarta", "jackson", "\tat ", "Jetty");
  }

  @Test
  void unknownAddress_isNotFound() {
    isProblem(server.call("GET", "/api/v1/nothing", token, null), 404);
    isProblem(server.call("GET", "/api/v1/runs/run_0", token, null), 404);
    isProblem(server.call("GET", "/api/v1/incidents/%3Cscript%3E", token, null), 404);
  }

  @Test
  void wrongMethod_saysWhich() {
    Answer answer = server.call("DELETE", "/api/v1/runs", token, null);
    isProblem(answer, 405);
    assertThat(answer.header("Allow")).contains("GET", "POST");
  }

  @Test
  void wrongMediaType_saysWhich() {
    isProblem(
        server.call(
            "POST",
            "/api/v1/runs/" + run.id() + "/cancel",
            token,
            "reason=x",
            "Content-Type",
            "application/x-www-form-urlencoded"),
        415);
    isProblem(server.call("GET", "/api/v1/runs", token, null, "Accept", "application/xml"), 406);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"reason\":\"x\",\"approved\":true} | approved is not known here; known: reason",
        "{\"reason\":1}                       | reason must be a text",
        "{\"reason\":[\"x\"]}                 | reason must be a text",
        "{\"reason\":\"  \"}                  | reason is required",
        "{}                                   | reason is required",
        "{\"reason\":                         | line 1, column",
        "[]                                   | one JSON object",
        "null                                 | not null",
        "{\"reason\":\"x\"} {}                | one JSON object",
        "{\"reason\":\"x\",\"reason\":\"y\"}  | twice",
        "{\"reason\":\"x\"                    | one JSON object",
      })
  void badBody_isNamedByItsField(String body, String detail) {
    Answer answer = server.call("POST", "/api/v1/runs/" + run.id() + "/cancel", token, body);
    isProblem(answer, 400);
    assertThat(answer.detail()).contains(detail);
  }

  @Test
  void nestedDeeply_isRefusedQuickly() {
    String deep = "{\"alert\":{\"labels\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}}";
    isProblem(server.call("POST", "/api/v1/runs", token, deep), 400);
  }

  @Test
  void largeBody_isRefused() {
    String large = "{\"reason\":\"" + "x".repeat(70_000) + "\"}";
    isProblem(server.call("POST", "/api/v1/runs/" + run.id() + "/cancel", token, large), 413);
    String longText = "{\"reason\":\"" + "x".repeat(5_000) + "\"}";
    isProblem(server.call("POST", "/api/v1/runs/" + run.id() + "/cancel", token, longText), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=abc",
        "limit=99999999999999999999",
        "cursor=x",
        "cursor=%27%3B%20drop%20table%20run",
        "status=nonsense",
        "status="
      })
  void badParameter_isNamed(String query) {
    Answer answer = server.call("GET", "/api/v1/runs?" + query, token, null);
    isProblem(answer, 400);
    assertThat(answer.detail()).contains(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND,404", "FORBIDDEN,403", "CONFLICT,409", "GONE,410"})
  void refusedOrder_tellsWhy(OrderRefused.Kind kind, int status) {
    server.orders.next = new OrderRefused(kind, "bob rejected it at 12:03: too risky");
    Answer answer =
        server.call("POST", "/api/v1/runs/" + run.id() + "/cancel", token, "{\"reason\":\"x\"}");
    isProblem(answer, status);
    assertThat(answer.detail()).isEqualTo("bob rejected it at 12:03: too risky");
  }

  @Test
  void whatNobodyForesaw_isANumber() {
    Answer answer = server.call("GET", "/api/v1/test/broken", null, null);
    isProblem(answer, 500);
    assertThat(answer.detail()).containsPattern("[0-9A-F]{8,16}");
    assertThat(answer.text()).doesNotContain("secret inside");
  }

  @Test
  void people_getAPage_machinesADocument() {
    Answer page = server.call("GET", "/nothing", null, null, "Accept", "text/html,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.type()).isEqualTo("text/html");
    isProblem(server.call("GET", "/nothing", null, null, "Accept", "*/*"), 404);
    isProblem(server.call("GET", "/api/v1/x", null, null, "Accept", "text/html"), 404);
  }

  @Test
  void everyAnswer_hasItsHeaders_andNamesNoServer() {
    for (String path : new String[] {"/api/openapi.json", "/api/v1/runs", "/nothing"}) {
      Answer answer = server.call("GET", path, null, null);
      Map<String, java.util.List<String>> headers = answer.response().headers().map();
      assertThat(headers).doesNotContainKeys("server", "x-powered-by");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }
    assertThat(server.call("GET", "/api/v1/runs", token, null).header("Cache-Control"))
        .isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/runs/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/v1/runs HTTP/1.1\r\nConnection: close\r\n\r\n",
        "NONSENSE\r\n\r\n"
      })
  void requestBeyondReading_tellsNothingOfTheServer(String request) throws IOException {
    String answer = raw(request);
    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("jetty", "caused by", "exception", "server:");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
