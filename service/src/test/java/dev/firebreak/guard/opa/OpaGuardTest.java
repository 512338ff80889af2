package dev.firebreak.guard.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firebreak.core.Masker;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.Written;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks the agent's data API, and one that does not. */
class OpaGuardTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** More than any machine needs to answer itself, and less than an answer counts. */
  private static final Duration TIMEOUT = Duration.ofSeconds(9);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Runbook book =
      Written.runbook(List.of(), List.of(Written.rung("fix").undo().build()), null, List.of());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final OkHttpClient http = new OkHttpClient();
  private volatile String says = "{\"result\": {\"decision\": \"allow\"}}";
  private volatile int status = 200;
  private volatile boolean slow;
  private Instant now = NOON;

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  private OpaGuard guard;

  /** Effects at once, as if each transaction were committed. */
  private static final class Committed implements Tx {
    @Override
    public void afterCommit(Runnable effect) {
      effect.run();
    }

    @Override
    public void onRollback(Runnable regret) {}
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/data/firebreak/decision", this::answer);
    server.start();
    guard = guard(server.getAddress().getPort(), null, TIMEOUT);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    http.dispatcher().executorService().shutdown();
  }

  private OpaGuard guard(int port, @Nullable SecretRef token, Duration timeout) {
    URI url = URI.create("http://localhost:" + port + "/v1/data/firebreak/decision");
    Secrets secrets = new Secrets(Map.of(), name -> "opa-token-of-the-test", new Masker());
    return new OpaGuard(new OpaClient(new OpaSettings(url, timeout, token), secrets, http));
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (slow) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      await();
    } else {
      byte[] body = says.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void await() {
    try {
      assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Proposal proposal(String step) {
    Map<String, Object> alert =
        Map.of("status", "firing", "severity", "critical", "labels", Map.of("env", "prod"));
    Run run = NewRun.of("run_1", "inc_1", book, alert, "person:ana", NOON);
    return new Proposal(run, book, step, List.of("host/a", "host/b"));
  }

  private Decision check() {
    return check(proposal("fix"));
  }

  /** Looks again as the engine does: when the hold is over, until it is decided. */
  private Decision check(Proposal proposal) {
    long start = System.nanoTime();
    Decision decision = guard.check(new Committed(), proposal, now);
    while (decision instanceof Decision.Hold hold) {
      LockSupport.parkNanos(2_000_000);
      Instant real = now.plusNanos(System.nanoTime() - start);
      assertThat(real).as("decided in time").isBefore(NOON.plusSeconds(15));
      if (!real.isBefore(hold.until())) {
        decision = guard.check(new Committed(), proposal, real);
      }
    }
    return decision;
  }

  private String denied(String code) {
    assertThat(check()).isInstanceOf(Decision.Deny.class);
    Decision.Deny deny = (Decision.Deny) check();
    assertThat(deny.why().code()).isEqualTo(code);
    return deny.why().text();
  }

  @Test
  void allow_allows_andTheQuestionHasEverythingARuleMayWant() throws IOException {
    assertThat(check()).isEqualTo(new Decision.Allow());
    JsonNode input = JSON.readTree(asked.getFirst()).path("input");
    assertThat(JSON.readTree(asked.getFirst())).hasSize(1);
    assertThat(input.path("runbook").path("name").asText()).isEqualTo("book");
    assertThat(input.path("step").path("rung").asText()).isEqualTo("fix");
    assertThat(input.path("target").asText()).isEqualTo("host/a");
    assertThat(input.path("targets")).hasSize(2);
    assertThat(input.path("alert").path("labels").path("env").asText()).isEqualTo("prod");
    assertThat(input.path("time").path("clock").asText()).isEqualTo("12:00");
    assertThat(input.path("actor").path("name").asText()).isEqualTo("ana");
    assertThat(tokens).containsExactly("null");
  }

  @Test
  void deny_denies_withItsSentence_andTheWayAround() {
    says = "{\"result\": {\"decision\": \"deny\", \"why\": \"the ledger is closed\"}}";
    assertThat(denied("opa-denies"))
        .contains("the ledger is closed", "change its policy at http://localhost");
  }

  @Test
  void ask_asksWhomItNames_orElseWhomTheRunbookNames() {
    says = "{\"result\": {\"decision\": \"ask\", \"why\": \"books\", \"by\": [\"team-finance\"]}}";
    Decision.Ask named = (Decision.Ask) check();
    assertThat(named.by()).containsExactly("team-finance");
    assertThat(named.why().text()).isEqualTo("the policy agent asks: books");
    says = "{\"result\": {\"decision\": \"ask\", \"why\": \"books\"}}";
    assertThat(((Decision.Ask) check()).by()).containsExactly("@approvers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "garbage",
        "{\"result\": null}",
        "{\"result\": true}",
        "{\"result\": \"allow\"}",
        "{\"result\": {\"decision\": \"Allow\"}}",
        "{\"result\": {\"decision\": true}}",
        "{\"result\": {\"decision\": \"deny\"}}",
        "{\"result\": {\"decision\": \"ask\"}}",
        "{\"result\": {\"decision\": \"ask\", \"why\": \"x\", \"by\": \"ana\"}}",
        "{\"result\": {\"decision\": \"ask\", \"why\": \"x\", \"by\": [1]}}",
        "{\"result\": {\"allow\": true}}",
        "{\"decision\": \"allow\"}",
        "{\"result\": {\"decision\": \"allow\"}",
      })
  void nonsense_denies(String answer) {
    says = answer;
    assertThat(denied("opa-silent"))
        .contains("without one nothing is changed", "Look at the agent", "/v1/data/firebreak");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 400, 404, 500, 503})
  void otherAnswers_deny_whateverTheySay(int other) {
    status = other;
    assertThat(denied("opa-silent")).contains("it answered " + other);
  }

  @Test
  void slowAgent_deniesWhenItsTimeIsOver() {
    slow = true;
    guard = guard(server.getAddress().getPort(), null, Duration.ofMillis(400));
    long start = System.nanoTime();
    assertThat(check()).isInstanceOf(Decision.Deny.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void agentThatIsGone_denies() {
    server.stop(0);
    assertThat(denied("opa-silent")).contains("it cannot be reached");
  }

  @Test
  void tooLargeAnswer_denies() {
    says = "{\"result\": {\"decision\": \"allow\", \"x\": \"" + "y".repeat(70_000) + "\"}}";
    assertThat(denied("opa-silent")).contains("larger than 64 KiB");
  }

  @Test
  void redirect_isNotFollowed() {
    status = 307;
    assertThat(denied("opa-silent")).contains("307");
  }

  @Test
  void answer_countsForOneDecision_andOnlyForAFewSeconds() {
    assertThat(check()).isEqualTo(new Decision.Allow());
    says = "{\"result\": {\"decision\": \"deny\", \"why\": \"now\"}}";
    assertThat(denied("opa-denies")).contains("now");
    says = "{\"result\": {\"decision\": \"allow\"}}";
    assertThat(guard.check(new Committed(), proposal("fix"), now))
        .isInstanceOf(Decision.Hold.class);
    says = "{\"result\": {\"decision\": \"deny\", \"why\": \"later\"}}";
    now = NOON.plusSeconds(11);
    assertThat(check()).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void takingBack_isNotAsked() {
    assertThat(check(proposal("fix.undo"))).isEqualTo(new Decision.Allow());
    assertThat(asked).isEmpty();
  }

  @Test
  void token_isSent() {
    guard = guard(server.getAddress().getPort(), SecretRef.env("OPA"), TIMEOUT);
    assertThat(check()).isEqualTo(new Decision.Allow());
    assertThat(tokens).containsExactly("Bearer opa-token-of-the-test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8181",
        "http://localhost:8181",
        "http://localhost:8181/v1/data/",
        "ftp://localhost/v1/data/x",
        "http://user:secret@localhost/v1/data/x",
        "http:///v1/data/x",
      })
  void address_thatIsNone_isRefused_withoutItsPassword(String url) {
    assertThatThrownBy(() -> OpaSettings.of(url, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opa.url: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void time_isBounded() {
    assertThatThrownBy(() -> OpaSettings.of("http://opa/v1/data/x", "1m", null))
        .hasMessageContaining("opa.timeout");
    assertThat(OpaSettings.of("http://opa/v1/data/x", null, null).timeout()).hasSeconds(2);
  }
}
