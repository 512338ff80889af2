package dev.firebreak.action.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Credential;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.SecretRef;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.fixtures.RawServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpActionTest {
  private final MockWebServer server = new MockWebServer();
  private final Bench bench = new Bench();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return server.url(path).toString();
  }

  private static MockResponse answer(int status, String body, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    return response.build();
  }

  private static Map<String, Object> with(Map<String, Object> params, String name, Object value) {
    Map<String, Object> more = new HashMap<>(params);
    more.put(name, value);
    return more;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> headers(Outcome outcome) {
    return (Map<String, Object>) java.util.Objects.requireNonNull(outcome.output().get("headers"));
  }

  @Test
  void get_answered_givesStatusHeadersBodyAndJson() throws Exception {
    server.enqueue(
        answer(
            200,
            "{\"up\": true, \"n\": 12345678901, \"list\": [1.5, null]}",
            "Content-Type",
            "application/json",
            "X-Request-Id",
            "abc",
            "Set-Cookie",
            "session=1"));
    Outcome outcome =
        bench.read("http", Map.of("url", url("/health"), "query", Map.of("q", "a&b=c d")));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(outcome.output()).containsEntry("status", 200L).containsEntry("truncated", false);
    assertThat(outcome.output().get("json"))
        .isEqualTo(
            new HashMap<>(
                Map.of("up", true, "n", 12345678901L, "list", java.util.Arrays.asList(1.5, null))));
    assertThat(headers(outcome)).containsKey("x-request-id").doesNotContainKey("set-cookie");
    assertThat(outcome.evidence().getFirst().mediaType()).isEqualTo("application/json");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/health?q=a%26b%3Dc%20d");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("Firebreak/1.2.3");
    assertThat(request.getHeaders().get("Idempotency-Key")).isNull();
  }

  @Test
  void post_ofStructure_sendsJsonOnceWithIdempotencyKey() throws Exception {
    server.enqueue(answer(204, ""));
    Map<String, Object> body = Map.of("text", "a \"quoted\"\nline");
    assertThat(bench.change("http", Map.of("url", url("/x"), "method", "POST", "json", body)))
        .isInstanceOf(Outcome.Succeeded.class);
    RecordedRequest request = server.takeRequest();
    assertThat(request.getBody().utf8()).isEqualTo("{\"text\":\"a \\\"quoted\\\"\\nline\"}");
    assertThat(request.getHeaders().get("Idempotency-Key")).isEqualTo("run_1/step");
    assertThat(request.getHeaders().get("Firebreak-Cause")).contains(";depth=1;via=");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
  }

  @Test
  void post_withAKeyOfItsAuthor_sendsThatOne() throws Exception {
    server.enqueue(answer(204, ""));
    Map<String, Object> headers = Map.of("idempotency-key", "order-7");
    Object unused =
        bench.change("http", Map.of("url", url("/x"), "method", "POST", "headers", headers));
    assertThat(server.takeRequest().getHeaders().values("Idempotency-Key"))
        .containsExactly("order-7");
  }

  @ParameterizedTest
  @CsvSource({
    "404, FAILED, FINAL", "408, FAILED, RETRY", "425, FAILED, RETRY", "429, FAILED, RETRY",
    "500, UNKNOWN, -", "501, FAILED, FINAL", "502, UNKNOWN, -", "503, UNKNOWN, -",
    "504, UNKNOWN, -", "302, FAILED, FINAL",
  })
  void change_answeredWithAnError_saysWhetherItMayHaveHappened(
      int status, String outcome, String retry) {
    server.enqueue(answer(status, "no"));
    Outcome got = bench.change("http", Map.of("url", url("/x"), "method", "POST"));
    if (outcome.equals("UNKNOWN")) {
      assertThat(got).isInstanceOf(Outcome.Unknown.class);
    } else {
      assertThat(((Outcome.Failed) got).retryable()).isEqualTo(retry.equals("RETRY"));
      assertThat(((Outcome.Failed) got).reason().code()).isEqualTo("status-" + status);
    }
    assertThat(got.output()).containsEntry("status", (long) status);
  }

  @ParameterizedTest
  @CsvSource({"404, false", "429, true", "500, true", "503, true", "501, false"})
  void read_answeredWithAnError_fails(int status, boolean retryable) {
    server.enqueue(answer(status, "no"));
    Outcome.Failed failed = (Outcome.Failed) bench.read("http", Map.of("url", url("/x")));
    assertThat(failed.retryable()).isEqualTo(retryable);
  }

  @Test
  void busyServer_sayingWhenToComeBack_isAskedOnceOnly() {
    server.enqueue(answer(503, "busy", "Retry-After", "0"));
    server.enqueue(answer(200, "done"));
    Outcome outcome = bench.change("http", Map.of("url", url("/x"), "method", "DELETE"));
    assertThat(server.getRequestCount()).isEqualTo(1);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.reason().text()).contains("Retry-After: 0");
    assertThat(headers(failed)).containsEntry("retry-after", "0");
  }

  @Test
  void connectionThatDiedWhileIdle_doesNotMakeASecondPost() throws Exception {
    try (RawServer raw =
        new RawServer(
            (me, socket) -> {
              me.request(socket);
              me.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              me.request(socket);
              socket.close();
            })) {
      var http = bench.action("http");
      Map<String, Object> post = Map.of("url", raw.url() + "/do", "method", "POST");
      assertThat(http.run(Bench.invocation(post, true, Duration.ofSeconds(5), new Cancellation())))
          .isInstanceOf(Outcome.Succeeded.class);
      Outcome second =
          http.run(Bench.invocation(post, true, Duration.ofSeconds(5), new Cancellation()));
      assertThat(second).isInstanceOf(Outcome.Unknown.class);
      assertThat(((Outcome.Unknown) second).reason().code()).isEqualTo("reset");
      assertThat(raw.requests()).hasSize(2);
      assertThat(raw.connections()).isEqualTo(1);
    }
  }

  @Test
  void serverThatNeverAnswers_isLeftInTime_andAChangeIsUnknown() throws Exception {
    try (RawServer raw = new RawServer(RawServer::request)) {
      var http = bench.action("http");
      Duration timeout = Duration.ofSeconds(1);
      Map<String, Object> post = Map.of("url", raw.url() + "/do", "method", "POST");
      Outcome change = http.run(Bench.invocation(post, true, timeout, new Cancellation()));
      assertThat(((Outcome.Unknown) change).reason().code()).isEqualTo("timed-out");
      Outcome read =
          http.run(Bench.invocation(Map.of("url", raw.url()), false, timeout, new Cancellation()));
      assertThat(((Outcome.Failed) read).reason().text())
          .isEqualTo("127.0.0.1:" + raw.port() + " did not answer within 1s");
      assertThat(((Outcome.Failed) read).retryable()).isTrue();
      assertThat(raw.requests()).hasSize(2);
    }
  }

  @Test
  void dripOfBytes_isLeftInTime() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer raw =
        new RawServer(
            (me, socket) -> {
              me.request(socket);
              me.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
              while (!over(over)) {
                me.answer(socket, "x");
              }
            })) {
      Outcome outcome =
          bench
              .action("http")
              .run(
                  Bench.invocation(
                      Map.of("url", raw.url()), false, Duration.ofMillis(400), new Cancellation()));
      assertThat(((Outcome.Failed) outcome).reason().code()).isEqualTo("timed-out");
    } finally {
      over.countDown();
    }
  }

  private static boolean over(CountDownLatch latch) {
    try {
      return latch.await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Test
  void resetInMidBody_isUnknownForAChange() throws Exception {
    try (RawServer raw =
        new RawServer(
            (me, socket) -> {
              me.request(socket);
              me.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              socket.setSoLinger(true, 0);
              socket.close();
            })) {
      assertThat(bench.change("http", Map.of("url", raw.url(), "method", "POST")))
          .isInstanceOf(Outcome.Unknown.class);
      assertThat(bench.read("http", Map.of("url", raw.url()))).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void nothingListens_changeHasSurelyNotHappened() {
    Outcome.Failed failed =
        (Outcome.Failed)
            bench.change("http", Map.of("url", "http://127.0.0.1:1/", "method", "POST"));
    assertThat(failed.reason().code()).isEqualTo("refused");
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void hostWithADeadAddress_isReachedAtTheOther() {
    server.enqueue(answer(200, "ok"));
    bench.host("two.example", "127.0.0.9", "127.0.0.1");
    assertThat(bench.read("http", Map.of("url", "http://two.example:" + server.getPort() + "/x")))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void cancelled_returnsSoon() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer raw =
        new RawServer(
            (me, socket) -> {
              me.request(socket);
              asked.countDown();
            })) {
      Cancellation cancellation = new Cancellation();
      Thread.ofVirtual()
          .start(
              () -> {
                if (await(asked)) {
                  cancellation.cancel();
                }
              });
      Outcome outcome =
          bench
              .action("http")
              .run(
                  Bench.invocation(
                      Map.of("url", raw.url(), "method", "POST"),
                      true,
                      Duration.ofMinutes(5),
                      cancellation));
      assertThat(((Outcome.Unknown) outcome).reason().code()).isEqualTo("cancelled");
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void bodyThatInflates_isCut() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        gzip.write(zeros);
      }
    }
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Encoding", "gzip")
            .addHeader("Content-Type", "application/json")
            .body(new Buffer().write(zipped.toByteArray()))
            .build());
    bench.settings("http", Map.of("maxBody", "10KiB"));
    Outcome outcome = bench.read("http", Map.of("url", url("/bomb")));
    assertThat(outcome.output()).containsEntry("truncated", true).doesNotContainKey("json");
    assertThat(outcome.evidence().getFirst().content()).hasSize(10 * 1024);
    assertThat(outcome.evidence().getFirst().truncated()).isTrue();
  }

  @Test
  void secretAtTheCut_isMasked() {
    bench.masker().add("hunter2hunter2");
    bench.settings("http", Map.of("maxBody", "12B"));
    server.enqueue(answer(200, "key=hunter2hunter2", "Content-Type", "text/plain"));
    Outcome outcome = bench.read("http", Map.of("url", url("/")));
    assertThat(outcome.output().get("body")).isEqualTo("key=***");
    assertThat(new String(outcome.evidence().getFirst().content(), StandardCharsets.UTF_8))
        .isEqualTo("key=***");
  }

  @Test
  void expectation_isMetOrNamed() {
    Map<String, Object> get = Map.of("url", url("/"));
    server.enqueue(answer(404, "gone"));
    assertThat(bench.read("http", with(get, "expect", Map.of("status", List.of(200, "4xx")))))
        .isInstanceOf(Outcome.Succeeded.class);
    server.enqueue(answer(200, "status: down"));
    Outcome.Failed body =
        (Outcome.Failed)
            bench.read("http", with(get, "expect", Map.of("body_contains", "status: up")));
    assertThat(body.reason().text()).isEqualTo("the answer does not contain 'status: up'");
    server.enqueue(
        new MockResponse.Builder().headersDelay(60, TimeUnit.MILLISECONDS).body("ok").build());
    Outcome.Failed slow =
        (Outcome.Failed) bench.read("http", with(get, "expect", Map.of("max_time", "20ms")));
    assertThat(slow.reason().code()).isEqualTo("too-slow");
  }

  @Test
  void redirect_isFollowedOnlyWhereAskedForAndToTheSameOrigin() throws Exception {
    Map<String, Object> get = Map.of("url", url("/a"), "redirects", 2);
    server.enqueue(answer(302, "", "Location", "/b"));
    server.enqueue(answer(200, "here"));
    assertThat(bench.read("http", get).output()).containsEntry("body", "here");
    server.enqueue(answer(302, "", "Location", "http://127.0.0.1:" + server.getPort() + "/b"));
    Outcome.Failed other = (Outcome.Failed) bench.read("http", get);
    assertThat(other.reason().text()).contains("another origin").contains("127.0.0.1");
    server.enqueue(answer(302, ""));
    assertThat(((Outcome.Failed) bench.read("http", get)).reason().text())
        .contains("without a usable Location");
    for (int i = 0; i < 3; i++) {
      server.enqueue(answer(302, "", "Location", "/loop"));
    }
    int before = server.getRequestCount();
    assertThat(((Outcome.Failed) bench.read("http", get)).reason().text())
        .contains("raise 'redirects'");
    assertThat(server.getRequestCount() - before).isEqualTo(3);
    server.enqueue(answer(302, "", "Location", "/b"));
    assertThat(((Outcome.Failed) bench.read("http", Map.of("url", url("/a")))).reason().code())
        .isEqualTo("status-302");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "http:///x",
        "ftp://h/x",
        "http://user:pw@h/x",
        "http://h/a b",
        "http://h/a\\b",
        "http://h/a//b",
        "http://h/../x",
        "http://h/a/%2e%2E/x",
        "//h/x",
        "http://h:99999/",
        "http://h/a/./b",
        "",
        "http://@h/",
      })
  void urlThatIsNotPlain_isRefusedBeforeAnythingIsSent(String url) {
    assertThatThrownBy(() -> bench.read("http", Map.of("url", url)))
        .isInstanceOf(BadParameter.class)
        .hasMessageStartingWith("parameter 'url'");
  }

  @Test
  void parameters_thatCannotBe_areRefused() {
    Map<String, Object> post = Map.of("url", url("/"), "method", "POST");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            with(post, "headers", Map.of("X-A", "b\r\nX-Evil: 1")),
            with(post, "headers", Map.of("Authorization", "Bearer x")),
            with(post, "headers", Map.of("Host", "other")),
            with(post, "headers", Map.of("bad name", "x")),
            with(with(post, "body", "x"), "json", Map.of()),
            with(post, "redirects", 1),
            with(post, "method", "BREW"),
            with(post, "expect", Map.of("status", "ok")),
            with(post, "credential", "nobody"),
            Map.of("url", url("/"), "body", "x"))) {
      assertThatThrownBy(() -> bench.change("http", wrong))
          .as("%s", wrong)
          .isInstanceOf(BadParameter.class);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  private Credential credential(String type, String origin) {
    return new Credential(
        "api", List.of(origin), type, "ana", "X-Api-Key", SecretRef.valueOf("s3cr3t-value"));
  }

  @ParameterizedTest
  @CsvSource({
    "basic, Authorization, Basic YW5hOnMzY3IzdC12YWx1ZQ==",
    "bearer, Authorization, Bearer s3cr3t-value",
    "header, X-Api-Key, s3cr3t-value",
  })
  void credential_isShownToItsOrigin(String type, String header, String value) throws Exception {
    server.enqueue(answer(401, "no, s3cr3t-value is wrong"));
    bench.credentials(credential(type, "http://127.0.0.1:" + server.getPort()));
    String here = "http://127.0.0.1:" + server.getPort() + "/";
    Outcome.Failed failed =
        (Outcome.Failed) bench.read("http", Map.of("url", here, "credential", "api"));
    assertThat(server.takeRequest().getHeaders().get(header)).isEqualTo(value);
    assertThat(failed.reason().text()).doesNotContain("s3cr3t");
    assertThat(failed.output().toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://127.0.0.1:PORT", "http://127.0.0.1", "http://localhost:PORT", "http://h"})
  void credential_isNotShownElsewhere(String origin) {
    bench.credentials(credential("bearer", origin.replace("PORT", server.getPort() + "")));
    assertThatThrownBy(
            () ->
                bench.read(
                    "http",
                    Map.of(
                        "url", "http://127.0.0.1:" + server.getPort() + "/", "credential", "api")))
        .isInstanceOf(BadParameter.class)
        .hasMessageContaining("is not shown to http://127.0.0.1:" + server.getPort());
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void secretsOfCredentials_areKnownBeforeTheyAreUsed() {
    bench.credentials(credential("bearer", "https://h"));
    assertThat(bench.equipment().credentials().learn())
        .containsExactly("credential 'api' stands in config.yml as plain text: use env or file");
    assertThat(bench.masker().mask("s3cr3t-value")).isEqualTo("***");
  }

  @Test
  void tlsNobodyVouchesFor_isRefused() throws Exception {
    try (RawServer plain =
        new RawServer((me, socket) -> me.answer(socket, "HTTP/1.1 400 No\r\n\r\n"))) {
      Outcome.Failed failed =
          (Outcome.Failed)
              bench.change(
                  "http",
                  Map.of("url", "https://127.0.0.1:" + plain.port() + "/", "method", "POST"));
      assertThat(failed.reason().code()).isEqualTo("tls");
      assertThat(failed.reason().text()).contains("127.0.0.1:" + plain.port());
    }
  }

  /** A server that vouches for itself, as old and as named as the test says. */
  private static SSLSocketFactory selfSigned(Path folder, String name, String start)
      throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-startdate",
                start,
                "-validity",
                "30")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context.getSocketFactory();
  }

  @ParameterizedTest
  @CsvSource({"localhost, -1d", "localhost, -90d", "other.example, -1d"})
  void certificateNobodyVouchesFor_isRefusedBeforeAnythingIsSent(
      String name, String start, @TempDir Path folder) throws Exception {
    try (MockWebServer secure = new MockWebServer()) {
      secure.useHttps(selfSigned(folder, name, start));
      secure.start();
      Outcome.Failed failed =
          (Outcome.Failed)
              bench.change(
                  "http",
                  Map.of("url", "https://localhost:" + secure.getPort() + "/", "method", "POST"));
      assertThat(failed.reason().code()).isEqualTo("tls");
      assertThat(failed.reason().text()).contains("localhost:" + secure.getPort());
      assertThat(secure.getRequestCount()).isZero();
    }
  }

  @Test
  void changes_isDecidedByMethodUnlessSaidToRead() {
    var http = bench.action("http");
    assertThat(http.changes(Map.of("url", "http://h"))).isFalse();
    assertThat(http.changes(Map.of("url", "http://h", "method", "HEAD"))).isFalse();
    assertThat(http.changes(Map.of("url", "http://h", "method", "POST"))).isTrue();
    assertThat(http.changes(Map.of("url", "http://h", "method", "{{vars.m}}"))).isTrue();
    assertThat(http.changes(Map.of("url", "http://h", "method", "POST", "reads", true))).isFalse();
  }
}
