package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firebreak.api.OpenApiResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running server, with a server that says what the description says. */
class RemoteCommandsTest {
  private static final String PART =
      "{\"scope\": \"team:shop\", \"mode\": \"off\", \"reason\": \"deploy\", \"owner\": \"shop\","
          + " \"by\": \"person:ana\", \"at\": \"2026-11-22T12:00:00Z\"}";
  private static final String WHOLE =
      "{\"scope\": \"all\", \"mode\": \"on\", \"reason\": \"first\", \"owner\": \"x\", \"by\":"
          + " \"x\", \"at\": \"2026-11-22T12:00:00Z\", \"parts\": ["
          + PART
          + "]}";
  private static final String BACKLOG =
      "{\"items\": [{\"scope\": \"team:shop\", \"off\": false, \"runs\": 3, \"live\": 2,"
          + " \"changes\": []}]}";

  @TempDir Path folder;
  private final List<String> heard = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private int status = 200;
  private boolean nothing;
  private String url = "";

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    url = "http://localhost:" + server.getAddress().getPort() + "/";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    heard.add(call + " " + body);
    assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer fbt_x");
    byte[] answer = said(call).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String said(String call) {
    if (status != 200) {
      return "{\"detail\": \"needs an admin\"}";
    }
    if (nothing) {
      return "{\"items\": []}";
    }
    String last = call.replaceAll("\\?.*", "").replaceAll(".*/", "");
    return switch (call.substring(0, call.indexOf(' ')) + " " + last) {
      case "GET backlog" -> BACKLOG;
      case "POST backlog" ->
          "{\"followed\": 2, \"left\": [{\"run\": \"run_1\", \"why\": \"no such person\"}]}";
      case "POST import" -> "{\"made\": [], \"known\": 2, \"over\": 1}";
      case "PUT automation" -> PART;
      case "GET limits", "GET locks", "GET breakers", "GET reviews", "GET contacts" ->
          example(last);
      case "DELETE brk_1" -> "{\"runbook\": \"redis-down\", \"subject\": \"redis/a\"}";
      case "POST code" -> "{\"answer\": \"accepted\"}";
      case "POST verify" -> "{\"person\": \"ben\", \"proven_at\": \"2026-11-22T12:05:00Z\"}";
      case "POST close" ->
          "{\"id\": \"rev_1\", \"status\": \"closed\", \"closed_by\": \"bo\", \"finding\":"
              + " \"fine\"}";
      default -> WHOLE;
    };
  }

  private UnaryOperator<@Nullable String> environment() {
    return Map.of("FIREBREAK_TOKEN", "fbt_x", "FIREBREAK_URL", url)::get;
  }

  private int automation(String... args) {
    return AutomationCommands.run(List.of(args), out, environment());
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void show_tellsTheSwitch_itsParts_andWhatPiledUp() {
    assertThat(automation("show")).isZero();
    assertThat(printed())
        .contains("all is on", "team:shop is off, by person:ana", "deploy")
        .contains("piled up, team:shop: 3 runs, 2 have not ended");
  }

  @Test
  void off_isOrderedForItsScope() {
    assertThat(automation("off", "--scope", "team:shop", "--reason", "deploy", "--for", "2h"))
        .isZero();
    assertThat(heard.getFirst())
        .startsWith("PUT /api/v1/automation {")
        .contains("\"mode\":\"off\"", "\"scope\":\"team:shop\"", "\"until\":\"20");
  }

  @Test
  void backlog_isChosenFor_andWhatIsLeftIsAFailure() {
    assertThat(
            automation(
                "backlog", "hand_over", "--scope", "team:shop", "--runs", "3", "--reason", "r"))
        .isEqualTo(1);
    assertThat(heard.getFirst()).contains("\"choice\":\"hand_over\"", "\"runs\":3");
    assertThat(printed()).contains("followed for 2 runs", "left: run_1: no such person");
  }

  @Test
  void calendar_isSentAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("x.ics"), "BEGIN:VCALENDAR\r\n");
    int code =
        FreezeCommands.run(
            List.of("import", file.toString(), "--scope", "target == 'a&b'", "--server", url),
            out,
            environment());
    assertThat(code).isZero();
    assertThat(heard.getFirst())
        .contains("POST /api/v1/freezes/import?scope=target%20%3D%3D%20%27a%26b%27")
        .endsWith("BEGIN:VCALENDAR\r\n");
    assertThat(printed()).contains("0 made, 2 were there already, 1 are over");
  }

  /** What the description of the API shows. */
  private static String example(String list) {
    try (InputStream description = OpenApiResource.class.getResourceAsStream("openapi.json")) {
      return new ObjectMapper()
          .readTree(description)
          .at("/paths/~1api~1v1~1" + list + "/get/responses/200/content/application~1json/example")
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void limitsAndLocks_areListed() {
    assertThat(LimitCommands.run("limit", List.of("list"), out, environment())).isZero();
    assertThat(printed())
        .contains("global", "57 left: 3 of 60 within 1h")
        .contains("redis/cache-1", "0 left: 2 of 2 within 1h; room at 2026-11-22T12:40:00Z");
    assertThat(LimitCommands.run("lock", List.of("list"), out, environment())).isZero();
    assertThat(printed())
        .contains("redis/cache-1  run_01M", " since 2026-11-22T12:00:00Z; then run_01M");
    assertThatThrownBy(() -> LimitCommands.run("lock", List.of(), out, environment()))
        .isInstanceOf(WrongUse.class)
        .hasMessageStartingWith("lock list");
  }

  @Test
  void whatIsNotThere_isSaid() {
    nothing = true;
    assertThat(LimitCommands.run("limit", List.of("list"), out, environment())).isZero();
    assertThat(LimitCommands.run("lock", List.of("list"), out, environment())).isZero();
    assertThat(BreakerCommands.run(List.of("list"), out, environment())).isZero();
    assertThat(ReviewCommands.run(List.of("list"), out, environment())).isZero();
    assertThat(ContactCommands.run(List.of("list"), out, environment())).isZero();
    assertThat(printed().lines())
        .hasSize(5)
        .startsWith("no limits are in force", "no locks are held", "no breakers are open")
        .endsWith(
            "no reviews are open", "nobody has contacts; they stand in 'people' of config.yml");
  }

  @Test
  void breakers_areListedAndClosed_withAReason() {
    assertThat(BreakerCommands.run(List.of("list"), out, environment())).isZero();
    assertThat(printed())
        .contains("the runbook 'redis-down' on 'redis/cache-1' since 2026-11-22T18:00:00Z: 3 of");
    List<String> close = List.of("close", "brk_1", "--reason", "swapped it");
    assertThat(BreakerCommands.run(close, out, environment())).isZero();
    assertThat(heard.getLast()).startsWith("DELETE /api/v1/breakers/brk_1?reason=swapped%20it");
    assertThat(printed()).contains("closed: the runbook 'redis-down' on 'redis/a'");
    assertThatThrownBy(() -> BreakerCommands.run(List.of("close", "brk_1"), out, environment()))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("--reason is missing");
  }

  @Test
  void reviews_areListedAndClosed_withAFinding() {
    assertThat(ReviewCommands.run(List.of("list"), out, environment())).isZero();
    assertThat(printed()).contains("open, lead broke the glass for step restart of run_01J");
    List<String> close = List.of("close", "rev_1", "--finding", "fine");
    assertThat(ReviewCommands.run(close, out, environment())).isZero();
    assertThat(heard.getLast())
        .startsWith("POST /api/v1/reviews/rev_1/close {")
        .contains("\"finding\":\"fine\"");
    assertThat(printed()).contains("closed by bo: fine");
  }

  @Test
  void contacts_areListed_sentACode_andVerified() {
    assertThat(ContactCommands.run(List.of("list"), out, environment())).isZero();
    assertThat(printed())
        .contains("ana  sms …67  verified 2026-11-20", "ben  mail b…@example.com  not verified");
    assertThat(ContactCommands.run(List.of("code", "2c26"), out, environment())).isZero();
    assertThat(printed()).contains("sent (accepted); then: firebreak contact verify 2c26 --code");
    List<String> verify = List.of("verify", "2c26", "--code", "K7QM-2XWD");
    assertThat(ContactCommands.run(verify, out, environment())).isZero();
    assertThat(heard.getLast())
        .isEqualTo("POST /api/v1/contacts/2c26/verify {\"code\":\"K7QM-2XWD\"}");
    assertThat(printed()).contains("verified 2026-11-22T12:05:00Z");
    assertThatThrownBy(() -> ContactCommands.run(List.of("verify", "2c26"), out, environment()))
        .hasMessageContaining("--code is missing");
  }

  @Test
  void refusal_isTold() {
    status = 403;
    assertThatThrownBy(() -> automation("on", "--reason", "x"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("needs an admin");
  }

  @Test
  void serverThatIsGone_isTold_withTheWayThatStillWorks() {
    server.stop(0);
    assertThatThrownBy(() -> automation("off", "--reason", "fire"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("the file HALT");
  }

  @Test
  void withoutToken_nothingIsSent() {
    assertThatThrownBy(() -> AutomationCommands.run(List.of("show"), out, name -> null))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("FIREBREAK_TOKEN");
  }
}
