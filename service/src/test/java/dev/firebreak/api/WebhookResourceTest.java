package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.access.Role;
import dev.firebreak.fixtures.Payloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookResourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP =
      "{\"status\":\"firing\",\"alerts\":[{\"labels\":{\"alertname\":\"A\"},"
          + "\"startsAt\":\"2026-11-22T11:00:00Z\"}]}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Description DESCRIPTION = new Description();
  private static WebhookServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new WebhookServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void up() {
    server.down = false;
    assertThat(server.rush.waiting()).as("senders that still wait").isZero();
  }

  private record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    Answer isProblem(int expected) {
      assertThat(status).as("%s", body).isEqualTo(expected);
      assertThat(raw.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(body.path("status").asInt()).isEqualTo(expected);
      assertThat(body.path("title").asText()).isNotBlank();
      assertThat(raw.body()).doesNotContain("Exception", "dev.firebreak", "\tat ", "/data/");
      return this;
    }
  }

  private static Answer post(String path, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static Answer send(HttpRequest request) throws Exception {
    HttpResponse<String> response =
        CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static Answer json(String path, String body) throws Exception {
    return post(path, BodyPublishers.ofString(body), "Content-Type", "application/json");
  }

  private static Answer get(String path, Role role) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + server.token(role))
            .build());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void realDelivery_isAcceptedWithAReceiptAsDescribed() throws Exception {
    Answer answer =
        post(
            "/webhooks/big",
            BodyPublishers.ofByteArray(Payloads.of("alertmanager-captured", "02_")),
            "Content-Type",
            "application/json");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("alerts")).hasSize(5);
    assertThat(answer.body().path("alerts").get(0).path("fingerprint").asText())
        .isEqualTo("77c7f25fdb978cf8");
    assertThat(answer.body().path("counts").path("unmatched").asInt()).isEqualTo(5);
    JsonNode schema = DESCRIPTION.document.at("/components/schemas/Receipt");
    assertThat(DESCRIPTION.faults(schema, answer.body())).isEmpty();
  }

  @Test
  void biggestRealDelivery_isAccepted() throws Exception {
    Answer answer =
        post(
            "/webhooks/big/",
            BodyPublishers.ofByteArray(gzip(Payloads.of("alertmanager-captured", "28_"))),
            "Content-Type",
            "application/json; charset=utf-8",
            "Content-Encoding",
            "gzip");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("alerts")).hasSize(2000);
  }

  @Test
  void unknownSource_is404() throws Exception {
    json("/webhooks/nobody", GROUP).isProblem(404);
  }

  @Test
  void bearer_missingOrWrong_is401WithAChallenge() throws Exception {
    Answer answer = json("/webhooks/bearer", GROUP).isProblem(401);
    assertThat(answer.raw().headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"firebreak\"");

    Answer right =
        post(
            "/webhooks/bearer",
            BodyPublishers.ofString(GROUP),
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer s3cret-value");
    assertThat(right.status()).isEqualTo(202);
  }

  /** A sender that put its next request on the same connection would get no answer. */
  @Test
  void refusedBeforeTheBody_saysThatTheConnectionEnds() throws Exception {
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      sender.setSoTimeout(10_000);
      sender
          .getOutputStream()
          .write(
              """
              POST /webhooks/bearer HTTP/1.1\r
              Host: firebreak\r
              Content-Type: application/json\r
              Content-Length: 100\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 401").containsIgnoringCase("connection: close");
    }
  }

  @Test
  void signature_overTheBytesThatWereSent_decides() throws Exception {
    String body = GROUP + "  ";
    assertThat(signed(body, signature(body)).status()).isEqualTo(202);
    signed(body, signature(GROUP)).isProblem(401);
  }

  private static Answer signed(String body, String signature) throws Exception {
    return post(
        "/webhooks/signed",
        BodyPublishers.ofString(body),
        "Content-Type",
        "application/json",
        "X-Sig",
        signature);
  }

  private static String signature(String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret-value".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "open | none | 415",
        "open | text/xml | 415",
        "open | text/plain | 415",
        "open | application/x-www-form-urlencoded | 415",
        "open | multipart/form-data; boundary=x | 415",
        "open | application/json; charset=utf-16 | 415",
        "open | application/json;charset=\"UTF-8\" | 202",
        "open | text/json | 202",
        "open | application/vnd.alerts+json | 202",
      })
  void mediaType_decides(String source, String type, int status) throws Exception {
    Answer answer =
        type == null
            ? post("/webhooks/" + source, BodyPublishers.ofString(GROUP))
            : post("/webhooks/" + source, BodyPublishers.ofString(GROUP), "Content-Type", type);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void plainText_whereConfigured_isTaken() throws Exception {
    Answer answer =
        post(
            "/webhooks/plain", BodyPublishers.ofString("{\"id\":1}"), "Content-Type", "text/plain");
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void brokenBodies_are400NamingThePlace() throws Exception {
    Answer answer = json("/webhooks/open", "{\"alerts\":[{\"labels\":").isProblem(400);
    assertThat(answer.body().path("detail").asText()).contains("byte", "/alerts/0/labels");
    json("/webhooks/open", "").isProblem(400);
    json("/webhooks/open", "[".repeat(4000)).isProblem(400);
    json("/webhooks/plain", "{\"id\":1e400}").isProblem(400);
  }

  @Test
  void tooLarge_announcedStreamedOrInflated_is413() throws Exception {
    byte[] large = " ".repeat(WebhookServer.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);
    String[] type = {"Content-Type", "application/json"};

    post("/webhooks/open", BodyPublishers.ofByteArray(large), type).isProblem(413);
    post(
            "/webhooks/open",
            BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)),
            type)
        .isProblem(413);
    post(
            "/webhooks/open",
            BodyPublishers.ofByteArray(gzip(new byte[50_000_000])),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip")
        .isProblem(413);
  }

  @Test
  void tooManyAlerts_is413() throws Exception {
    String alerts = "{\"labels\":{\"a\":\"b\"}},".repeat(10) + "{\"labels\":{\"a\":\"b\"}}";
    json("/webhooks/open", "{\"status\":\"firing\",\"alerts\":[" + alerts + "]}").isProblem(413);
  }

  @Test
  void tooLarge_isAnsweredBeforeTheBodyIsSent() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /webhooks/open HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 5000000000\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.setSoTimeout(10_000);
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void foreignEncoding_is415() throws Exception {
    post(
            "/webhooks/open",
            BodyPublishers.ofString(GROUP),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "br")
        .isProblem(415);
  }

  @Test
  void brokenGzip_is400() throws Exception {
    post(
            "/webhooks/open",
            BodyPublishers.ofString("not gzip at all"),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip")
        .isProblem(400);
  }

  @Test
  void storeDown_is503WithRetryAfter() throws Exception {
    server.down = true;
    Answer answer = json("/webhooks/open", GROUP).isProblem(503);
    assertThat(answer.raw().headers().firstValue("Retry-After")).contains("5");
  }

  @Test
  void deliveries_areListedShownAndReplayed() throws Exception {
    String secret = GROUP.replace("\"A\"", "\"s3cret-value\"");
    post(
        "/webhooks/bearer",
        BodyPublishers.ofString(GROUP),
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer s3cret-value");
    String id = json("/webhooks/open", secret).body().path("delivery").asText();

    Answer list = get("/api/v1/deliveries?source=open&limit=1", Role.VIEWER);
    assertThat(list.body().path("items").get(0).path("delivery").asText()).isEqualTo(id);

    Answer shown = get("/api/v1/deliveries/" + id, Role.VIEWER);
    assertThat(shown.body().path("body").asText()).contains("***").doesNotContain("s3cret-value");
    assertThat(shown.body().path("size").asInt()).isEqualTo(secret.length());
    JsonNode schema = DESCRIPTION.document.at("/components/schemas/Delivery");
    assertThat(DESCRIPTION.faults(schema, shown.body())).isEmpty();

    Answer replayed = replay(id, Role.RESPONDER);
    assertThat(replayed.status()).isEqualTo(202);
    assertThat(replayed.body().path("replay_of").asText()).isEqualTo(id);
    assertThat(replayed.body().path("alerts").get(0).path("result").asText())
        .isEqualTo("duplicate");
    replay(id, Role.VIEWER).isProblem(403);
    replay("dlv_00000000000000000000000000", Role.RESPONDER).isProblem(404);
  }

  private static Answer replay(String id, Role role) throws Exception {
    return post(
        "/api/v1/deliveries/" + id + "/replay",
        BodyPublishers.noBody(),
        "Authorization",
        "Bearer " + server.token(role));
  }

  @Test
  void deliveries_withoutAToken_areClosed() throws Exception {
    send(HttpRequest.newBuilder(uri("/api/v1/deliveries")).build()).isProblem(401);
  }
}
