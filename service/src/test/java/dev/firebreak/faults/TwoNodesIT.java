package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.faults.StubTarget.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one PostgreSQL. One dies, or stands still and comes back; orders go to the one
 * while the run is the other's. The target's own log is the judge.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
  /** How often a promise in seconds is looked at, as the machine may be busy just then. */
  private static final int TRIES = 5;

  private final Alerts alerts = new Alerts();
  private Pair pair;
  private StubTarget stub;
  private ServiceProcess one;
  private ServiceProcess two;

  @BeforeAll
  void startBoth(@TempDir Path folder) throws Exception {
    pair = new Pair(folder);
    stub = pair.stub;
    one = pair.one;
    two = pair.two;
  }

  @AfterEach
  void bothRunAgain() throws Exception {
    stub.disarm();
    if (!one.alive()) {
      one.start();
    }
  }

  @AfterAll
  void stopBoth() throws Exception {
    if (pair != null) {
      pair.close();
    }
  }

  private String send(ServiceProcess node, String target) throws Exception {
    assertThat(alerts.send(node, target)).isEqualTo(202);
    return alerts.receipts().getLast().at("/alerts/0/runs/0").asText();
  }

  private JsonNode run(ServiceProcess node, String id) throws Exception {
    return node.call("GET", "/api/v1/runs/" + id, null);
  }

  private String status(ServiceProcess node, String id) {
    return Await.until(
            "run " + id + " has ended", () -> run(node, id), run -> run.hasNonNull("ended_at"))
        .path("status")
        .asText();
  }

  private long changes(String target) {
    return stub.fixes().stream().filter(fix -> fix.target().equals(target)).count();
  }

  @Test
  void runsOfANodeThatIsKilled_areTakenOver_andNothingIsDoneTwice() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch dead = new CountDownLatch(1);
    stub.arm(
        Moment.BEFORE_ANSWER,
        0,
        () -> {
          await(taken);
          one.kill();
          dead.countDown();
        });
    String id = send(one, "killed");
    taken.countDown();
    assertThat(dead.await(20, TimeUnit.SECONDS)).isTrue();
    long died = System.nanoTime();
    assertThat(status(two, id)).as("proven by its verify").isEqualTo("mitigated");
    System.out.printf(
        "takeover after kill -9: %d ms until the run had ended%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - died));
    assertThat(changes("killed")).isEqualTo(1);
  }

  @Test
  void nodeThatStoodStill_comesBackAndChangesNothing() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    stub.arm(
        Moment.DIAGNOSE,
        0,
        () -> {
          await(taken);
          hold(one);
          held.countDown();
        });
    String id = send(one, "stopped");
    taken.countDown();
    assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(status(two, id)).isEqualTo("mitigated");
    one.release();
    Await.until("the node that stood still serves again", one::serves);
    String after = send(one, "stopped-after");
    assertThat(status(one, after)).isEqualTo("mitigated");
    assertThat(changes("stopped")).isEqualTo(1);
    assertThat(changes("stopped-after")).isEqualTo(1);
    assertThat(timeline(two, id)).contains("run.recovered");
    Await.until("the late answer is on the record", () -> timeline(two, id).contains("step.late"));
  }

  private static void hold(ServiceProcess node) {
    try {
      node.hold();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> timeline(ServiceProcess node, String id) throws Exception {
    String incident = run(node, id).path("incident").asText();
    return node.call("GET", "/api/v1/incidents/" + incident + "/timeline?limit=200", null)
        .path("items")
        .findValuesAsText("kind");
  }

  @Test
  void orderToTheOtherNode_reachesTheRun() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    stub.arm(
        Moment.DIAGNOSE,
        0,
        () -> {
          asked.countDown();
          await(goOn);
        });
    String id = send(one, "ordered");
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    long before = System.nanoTime();
    JsonNode paused = two.call("POST", "/api/v1/runs/" + id + "/pause", "{\"reason\": \"look\"}");
    System.out.printf(
        "order through the other node: %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
    assertThat(paused.path("paused").asBoolean()).isTrue();
    assertThat(run(one, id).path("paused").asBoolean()).isTrue();
    two.call("POST", "/api/v1/runs/" + id + "/cancel", "{\"reason\": \"enough\"}");
    goOn.countDown();
    assertThat(status(one, id)).isEqualTo("cancelled");
    assertThat(changes("ordered")).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean unused = latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sameAlertToBothAtOnce_isOneIncidentAndOneRun() throws Exception {
    for (int i = 0; i < 20; i++) {
      String target = "same-" + i;
      int before = alerts.receipts().size();
      Thread first = Thread.ofVirtual().start(() -> sendQuietly(one, target));
      Thread second = Thread.ofVirtual().start(() -> sendQuietly(two, target));
      first.join();
      second.join();
      List<JsonNode> answers = alerts.receipts().subList(before, alerts.receipts().size());
      assertThat(answers).as("both acknowledged").hasSize(2);
      assertThat(answers.stream().map(it -> it.at("/alerts/0/incident").asText()).distinct())
          .hasSize(1);
    }
    Await.until("each is changed", () -> changes("same-19") == 1);
    assertThat(stub.fixes().stream().filter(fix -> fix.target().startsWith("same-")))
        .extracting(StubTarget.Fix::target)
        .doesNotHaveDuplicates();
  }

  private void sendQuietly(ServiceProcess node, String target) {
    try {
      assertThat(alerts.send(node, target)).isEqualTo(202);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nodeThatStopsInOrder_handsItsRunsOverAtOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    stub.arm(Moment.VERIFY, 0, asked::countDown);
    String id = send(one, "handed");
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    one.signal("TERM");
    assertThat(status(two, id)).isIn("mitigated", "escalated");
    assertThat(changes("handed")).isEqualTo(1);
    Await.until("the node that was told to stop has ended", () -> !one.alive());
  }

  @Test
  void haltOnOneNode_isSeenAndLiftedOnTheOther() throws Exception {
    Duration seen = ordered("off");
    for (int i = 1; i < TRIES && seen.compareTo(Duration.ofSeconds(2)) >= 0; i++) {
      Duration unused = ordered("on");
      seen = ordered("off");
    }
    assertThat(seen).isLessThan(Duration.ofSeconds(2));
    System.out.printf("halt seen on the other node: %d ms%n", seen.toMillis());
    String id = send(two, "halted");
    Await.until("the change is refused", () -> timeline(two, id).contains("guard.denied"));
    assertThat(changes("halted")).isZero();
    two.call("PUT", "/api/v1/automation", "{\"mode\": \"on\", \"reason\": \"drill is over\"}");
    untilMode(one, "on");
    assertThat(status(one, send(one, "not-halted"))).isEqualTo("mitigated");
  }

  /** Orders it of the one node; how long until the other has it. */
  private Duration ordered(String mode) throws Exception {
    String order = "{\"mode\": \"%s\", \"reason\": \"drill\"}".formatted(mode);
    JsonNode unused = one.call("PUT", "/api/v1/automation", order);
    long since = System.nanoTime();
    untilMode(two, mode);
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private static void untilMode(ServiceProcess node, String mode) {
    String unused =
        Await.until(
            "automation is " + mode,
            () -> node.call("GET", "/api/v1/automation", null).path("mode").asText(),
            mode::equals);
  }

  @Test
  void tokenRevokedOnOneNode_isRefusedOnTheOtherWithinASecond() throws Exception {
    Duration refused = refusedAfter("bo");
    for (int i = 1; i < TRIES && refused.compareTo(Duration.ofSeconds(1)) >= 0; i++) {
      refused = refusedAfter("bo-" + i);
    }
    assertThat(refused).isLessThan(Duration.ofSeconds(1));
  }

  /** How long a token that was revoked on the one node still worked on the other. */
  private Duration refusedAfter(String name) throws Exception {
    String order = "{\"name\": \"%s\", \"roles\": [\"viewer\"]}".formatted(name);
    JsonNode made = one.call("POST", "/api/v1/tokens", order);
    String secret = made.path("secret").asText();
    assertThat(two.statusFor("/api/v1/runs?limit=1", secret)).isEqualTo(200);
    one.call("DELETE", "/api/v1/tokens/" + made.path("id").asText(), null);
    long since = System.nanoTime();
    Await.until("the token is refused", () -> two.statusFor("/api/v1/runs?limit=1", secret) == 401);
    return Duration.ofNanos(System.nanoTime() - since);
  }

  @Test
  void gateIsApprovedOnTheOtherNode_theChangeIsMadeOnce() throws Exception {
    String id = send(one, "ask-me");
    JsonNode gate = openGate(two, id);
    assertThat(changes("ask-me")).isZero();
    two.call(
        "POST",
        "/api/v1/gates/" + gate.path("id").asText() + "/approve",
        "{\"plan_hash\": \"%s\", \"reason\": \"looks right\"}"
            .formatted(gate.path("plan_hash").asText()));
    assertThat(status(one, id)).isEqualTo("mitigated");
    assertThat(changes("ask-me")).isEqualTo(1);
  }

  private static JsonNode openGate(ServiceProcess node, String run) {
    return Await.until(
        "a gate is open",
        () -> {
          for (JsonNode gate : node.call("GET", "/api/v1/gates?status=open", null).path("items")) {
            if (gate.path("run").asText().equals(run)) {
              return gate;
            }
          }
          return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        },
        gate -> !gate.isMissingNode());
  }
}
