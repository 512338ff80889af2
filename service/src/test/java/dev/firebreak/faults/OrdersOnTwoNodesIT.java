package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People who order the same of two nodes at once, or of the one that does not own the run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersOnTwoNodesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 20;
  private static final int RACES = 10;
  private static final List<String> OVER = List.of("succeeded", "failed", "skipped", "cancelled");

  private final Alerts alerts = new Alerts();
  private Pair pair;
  private ServiceProcess one;
  private ServiceProcess two;
  private String ben;

  @BeforeAll
  void startBoth(@TempDir Path folder) throws Exception {
    pair = new Pair(folder);
    one = pair.one;
    two = pair.two;
    ben = one.token("ben", "approver");
  }

  @AfterAll
  void stopBoth() throws Exception {
    if (pair != null) {
      pair.close();
    }
  }

  /** What was answered to several who asked in the same moment. */
  private static List<HttpResponse<byte[]>> atOnce(List<Callable<HttpResponse<byte[]>>> orders)
      throws Exception {
    List<HttpResponse<byte[]>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<HttpResponse<byte[]>> order : threads.invokeAll(orders)) {
        answers.add(order.get());
      }
    }
    return answers;
  }

  private static JsonNode body(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static String start(String target) {
    return ("{\"runbook\": \"target-bad\", \"alert\": {\"labels\": {\"alertname\": \"TargetBad\","
            + " \"target\": \"%s\"}}}")
        .formatted(target);
  }

  @Test
  void sameKeyOnBothAtOnce_startsOneRun_allOthersAreRepeats() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "start-" + i;
      String order = start("ask-key-" + i);
      List<Callable<HttpResponse<byte[]>>> orders = new ArrayList<>();
      for (ServiceProcess node : List.of(one, two, one, two, one, two)) {
        orders.add(() -> node.order("/api/v1/runs", order, key));
      }
      List<HttpResponse<byte[]>> answers = atOnce(orders);
      assertThat(answers)
          .as("round %d: %s", i, texts(answers))
          .extracting(HttpResponse::statusCode)
          .containsExactlyInAnyOrder(201, 200, 200, 200, 200, 200);
      assertThat(answers)
          .extracting(it -> body(it).path("run").asText())
          .containsOnly(body(answers.getFirst()).path("run").asText());
    }
  }

  private static List<String> texts(List<HttpResponse<byte[]>> answers) {
    return answers.stream()
        .map(it -> it.statusCode() + " " + new String(it.body(), StandardCharsets.UTF_8))
        .toList();
  }

  /** A run of the first node that asks people. */
  private String asking(String target) throws Exception {
    assertThat(alerts.send(one, target)).isEqualTo(202);
    String id = alerts.receipts().getLast().at("/alerts/0/runs/0").asText();
    Await.until(
        "the run asks", () -> step(two, id, "fix").path("status").asText().equals("waiting"));
    return id;
  }

  private static JsonNode step(ServiceProcess node, String run, String id) throws Exception {
    for (JsonNode step : node.call("GET", "/api/v1/runs/" + run, null).path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id);
  }

  @Test
  void sameSignalOnBothAtOnce_isKeptOnce() throws Exception {
    String id = asking("ask-signal");
    for (int i = 0; i < ROUNDS; i++) {
      String path = "/api/v1/runs/" + id + "/signals/go";
      String key = "signal-" + i;
      List<HttpResponse<byte[]>> answers =
          atOnce(List.of(() -> one.order(path, "{}", key), () -> two.order(path, "{}", key)));
      assertThat(answers)
          .as("round %d: %s", i, texts(answers))
          .extracting(HttpResponse::statusCode)
          .containsOnly(200);
    }
  }

  @Test
  void approveAndRejectAtOnceOnBoth_oneWins_andTheOtherIsToldWho() throws Exception {
    for (int i = 0; i < RACES; i++) {
      String run = asking("ask-race-" + i);
      JsonNode gate = openGate(run);
      String path = "/api/v1/gates/" + gate.path("id").asText();
      String word =
          "{\"plan_hash\": \"%s\", \"reason\": \"race\"}"
              .formatted(gate.path("plan_hash").asText());
      List<HttpResponse<byte[]>> answers =
          atOnce(
              List.of(
                  () -> one.order(path + "/approve", word, "unused"),
                  () -> two.orderAs(ben, path + "/reject", word)));
      assertThat(answers)
          .as("round %d: %s", i, texts(answers))
          .extracting(HttpResponse::statusCode)
          .containsExactlyInAnyOrder(200, 410);
      String won = answers.getFirst().statusCode() == 200 ? "approved" : "rejected";
      JsonNode after = one.call("GET", path, null);
      assertThat(after.path("status").asText()).isEqualTo(won);
      assertThat(after.path("votes")).hasSize(1);
      String winner = after.at("/votes/0/person").asText();
      assertThat(texts(answers))
          .filteredOn(it -> it.startsWith("410"))
          .singleElement()
          .asString()
          .contains("this gate is " + won + " since ", winner);
      Await.until(
          "the fix is over", () -> OVER.contains(step(two, run, "fix").path("status").asText()));
      assertThat(changes("ask-race-" + i)).isEqualTo(won.equals("approved") ? 1 : 0);
    }
  }

  private long changes(String target) {
    return pair.stub.fixes().stream().filter(fix -> fix.target().equals(target)).count();
  }

  private JsonNode openGate(String run) throws Exception {
    for (JsonNode gate : two.call("GET", "/api/v1/gates?status=open", null).path("items")) {
      if (gate.path("run").asText().equals(run)) {
        return gate;
      }
    }
    throw new AssertionError("run " + run + " asks nothing");
  }

  @Test
  void orderThatWasOvertaken_isRefusedAsOnOneNode() throws Exception {
    String id = asking("ask-overtaken");
    String path = "/api/v1/runs/" + id + "/steps/fix/skip";
    one.hold();
    List<HttpResponse<byte[]>> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<byte[]>>> orders = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        orders.add(threads.submit(() -> two.order(path, "{\"reason\": \"done\"}", "unused")));
      }
      Await.until("both are stored", () -> letters() == 2);
      one.release();
      answers = List.of(orders.get(0).get(), orders.get(1).get());
    } finally {
      one.release();
    }
    assertThat(answers)
        .as("%s", texts(answers))
        .extracting(HttpResponse::statusCode)
        .containsExactlyInAnyOrder(200, 409);
    assertThat(texts(answers)).anyMatch(it -> it.contains("step 'fix' is skipped"));
  }

  private long letters() throws Exception {
    try (var connection = DriverManager.getConnection(pair.postgres.url(), "postgres", "postgres");
        var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM run_mail")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  @Test
  void ownerThatDoesNotAnswer_theOrderIsStoredAndCarriedOutLater() throws Exception {
    String id = asking("ask-later");
    one.hold();
    HttpResponse<byte[]> answer;
    try {
      answer = two.order("/api/v1/runs/" + id + "/pause", "{\"reason\": \"look\"}", "unused");
    } finally {
      one.release();
    }
    assertThat(answer.statusCode()).as("%s", texts(List.of(answer))).isEqualTo(202);
    assertThat(body(answer).path("run").asText()).isEqualTo(id);
    assertThat(body(answer).path("detail").asText()).contains("stored and will be carried out");
    Await.until(
        "the run is paused",
        () -> two.call("GET", "/api/v1/runs/" + id, null).path("paused").asBoolean());
  }
}
