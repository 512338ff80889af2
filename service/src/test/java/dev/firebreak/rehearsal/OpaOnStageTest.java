package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.firebreak.alert.Alert;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.opa.OpaClient;
import dev.firebreak.guard.opa.OpaGuard;
import dev.firebreak.guard.opa.OpaSettings;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose changes are put before a policy agent. */
class OpaOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  @TempDir Path folder;
  private final Runbook book = runbook(List.of(), List.of(rung("fix").build()), null, List.of());
  private final OkHttpClient http = new OkHttpClient();
  private volatile String result = "{\"decision\": \"allow\"}";

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/data/firebreak",
        exchange -> {
          byte[] body = ("{\"result\": " + result + "}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI url =
        URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/data/firebreak");
    Secrets secrets = new Secrets(Map.of(), name -> null, new Masker());
    OpaSettings settings = new OpaSettings(url, Duration.ofSeconds(10), null);
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()),
            OneRunbook.of(book, Map.of()),
            Map.of(),
            SETTINGS,
            folder,
            List.of(new OpaGuard(new OpaClient(settings, secrets, http))));
  }

  @AfterEach
  void close() {
    stage.close();
    server.stop(0);
    http.dispatcher().executorService().shutdown();
  }

  private Run fire() {
    Alert alert =
        new Alert(
            "test",
            "f",
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of(),
            Map.of(),
            null,
            "something broke",
            null);
    String run = stage.fire(book, alert, "key");
    stage.settle();
    assertThat(stage.run(run).status()).as("the transaction waits for nobody").isEqualTo(waits());
    return answered(run);
  }

  private static RunStatus waits() {
    return RunStatus.WAITING;
  }

  /** Lets time go by, each moment only when the agent has answered. */
  private Run answered(String run) {
    for (int looks = 0; looks < 15 && asks(run); looks++) {
      Calls.awaitAnswers(http);
      boolean unused =
          stage.advance(Optional.of(stage.time().instant().plus(Duration.ofMillis(100))));
    }
    return stage.run(run);
  }

  private boolean asks(String run) {
    return stage.run(run).step("fix").state().toString().contains("opa-asked");
  }

  private List<String> journal(Run run) {
    return stage.read(tx -> stage.database().journal().read(tx, run.incidentId(), 0, 999)).stream()
        .map(entry -> entry.kind())
        .toList();
  }

  @Test
  void allowed_acts_andTheMomentOfAskingIsNoNews() {
    Run run = fire();
    assertThat(run.status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(journal(run)).doesNotContain("guard.held", "guard.denied");
  }

  @Test
  void denied_isRefused_withItsSentence() {
    result = "{\"decision\": \"deny\", \"why\": \"not today\"}";
    Run run = fire();
    assertThat(run.step("fix").state().toString()).contains("opa-denies", "not today");
    assertThat(journal(run)).contains("guard.denied");
  }

  @Test
  void asked_opensAGate_andAYesIsPutBeforeTheAgentAgain() {
    result = "{\"decision\": \"ask\", \"why\": \"books\", \"by\": [\"team-finance\"]}";
    Run run = fire();
    Gate gate = stage.openGates().getFirst();
    assertThat(gate.asked()).containsExactly("team-finance");
    result = "{\"decision\": \"deny\", \"why\": \"closed since\"}";
    stage.orders().approve(gate.id(), gate.planHash(), "cfo", Set.of("team-finance"), "go").join();
    stage.settle();
    assertThat(answered(run.id()).step("fix").state().toString()).contains("closed since");
  }

  @Test
  void askedAndApproved_acts() {
    result = "{\"decision\": \"ask\", \"why\": \"books\", \"by\": [\"team-finance\"]}";
    Run run = fire();
    Gate gate = stage.openGates().getFirst();
    stage.orders().approve(gate.id(), gate.planHash(), "cfo", Set.of("team-finance"), "go").join();
    stage.settle();
    assertThat(answered(run.id()).status()).isEqualTo(RunStatus.MITIGATED);
  }
}
