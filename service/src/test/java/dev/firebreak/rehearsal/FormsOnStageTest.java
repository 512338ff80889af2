package dev.firebreak.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Way;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookLoader;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people fill in when they approve is part of what they approve, and fills its places. */
class FormsOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("deploy/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  private static final String FORM =
      """
            form:
              - {name: replicas, type: integer, min: 1, max: 20}
              - {name: strategy, type: choice, options: [rolling, at-once], default: rolling}
      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  private static String text(String approve) {
    return """
    runbook: scale
    owner: ops
    on:
      alert: alert.labels.alertname == 'Slow'
      incident: "slow/{{alert.labels.app}}"
    remediate:
      - id: scale
        target: "deploy/{{alert.labels.app}}"
        limit: {max: 5, per: 1h}
    APPROVE
        do:
          http:
            url: "http://deployer/scale?to={{steps.scale.answers.replicas}}"
            method: POST
            body: '{"how": "{{steps.scale.answers.strategy}}", "to": {{steps.scale.answers.replicas}}}'
        idempotent: true
        verify:
          http: {url: "http://deployer/scale?is={{steps.scale.answers.replicas}}"}
          expect: steps.scale.answers.replicas > 1
        undo: null
    escalate: {to: oncall}
    """
        .replace("APPROVE", approve.stripTrailing());
  }

  private String play(String approve) {
    Loaded loaded = new RunbookLoader(new Bench().catalogue()).load("scale.yml", text(approve));
    assertThat(loaded.problems()).noneMatch(p -> p.severity() == Problem.Severity.ERROR);
    Runbook book = Objects.requireNonNull(loaded.runbook());
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()), book, Map.of(), SETTINGS, folder);
    Alert alert =
        new Alert(
            "test",
            "f",
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of("alertname", "Slow", "app", "shop"),
            Map.of(),
            "critical",
            "slow",
            null);
    String run = stage.fire(book, alert, "slow/shop");
    stage.settle();
    return run;
  }

  private String asking(String more) {
    return play("    approve:\n          by: [ana, ben]\n" + more + FORM.indent(4));
  }

  private Gate gate() {
    assertThat(stage.openGates()).hasSize(1);
    return stage.openGates().getFirst();
  }

  private Gate approve(String who, Map<String, Object> answers) {
    Gate gate = gate();
    Gate voted =
        stage
            .orders()
            .decide(
                new GateDesk.Word(
                    gate.id(), gate.planHash(), who, Set.of(), true, "go", answers, Way.CONSOLE))
            .join();
    stage.settle();
    return voted;
  }

  private OrderRefused refused(ThrowableAssert.ThrowingCallable order) {
    assertThatThrownBy(order).cause().isInstanceOf(OrderRefused.class);
    try {
      order.call();
    } catch (Throwable e) {
      return (OrderRefused) Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("not refused");
  }

  private Optional<JournalEntry> entry(String run, String kind) {
    String incident = stage.run(run).incidentId();
    return stage.read(tx -> stage.database().journal().read(tx, incident, 0, 200)).stream()
        .filter(entry -> entry.kind().equals(kind))
        .findFirst();
  }

  private void end() {
    while (stage.advance(Optional.empty())) {}
  }

  @Test
  void question_showsPlacesAndForm() {
    asking("");

    Map<String, Object> plan = gate().plan();

    assertThat(String.valueOf(plan.get("params")))
        .contains("scale?to=‹replicas›", "\"‹strategy›\", \"to\": ‹replicas›");
    assertThat(gate().form().fields()).hasSize(2);
    assertThat(gate().answers()).isEmpty();
  }

  @Test
  void badAnswers_areNamedAllAtOnce_andNothingCounts() {
    asking("");

    OrderRefused refused =
        refused(() -> approve("ana", Map.of("replicas", "99", "strategy", "roling", "x", 1)));

    assertThat(refused.kind()).isEqualTo(OrderRefused.Kind.INVALID);
    assertThat(refused.faults().get("replicas")).isEqualTo("must be at most 20");
    assertThat(refused.faults().get("strategy")).contains("rolling");
    assertThat(refused.faults()).containsOnlyKeys("replicas", "strategy", "x");
    assertThat(gate().votes()).isEmpty();
    assertThat(refused(() -> approve("ana", Map.of())).faults())
        .containsEntry("replicas", "must be answered");
  }

  @Test
  void answers_fillTheirPlaces_andStayWithTheRun() {
    String run = asking("");

    approve("ana", Map.of("replicas", "4"));
    end();

    assertThat(stage.run(run).step("scale.answers").output())
        .containsEntry("replicas", 4)
        .containsEntry("strategy", "rolling");
    assertThat(entry(run, "gate.vote").orElseThrow().text())
        .isEqualTo("ana approves with replicas = 4, strategy = rolling in the console: go");
    assertThat(entry(run, "intent.committed").orElseThrow().data())
        .contains("scale?to=4", "rolling", ": 4}", "\"answers\"");
    assertThat(stage.run(run).status().asText()).isEqualTo("mitigated");
  }

  @Test
  void laterApprover_saysTheSame_orIsRefusedWithWhoSaidWhat() {
    String run = asking("          quorum: 2\n");
    approve("ana", Map.of("replicas", 4));

    OrderRefused refused = refused(() -> approve("ben", Map.of("replicas", 5)));

    assertThat(refused.kind()).isEqualTo(OrderRefused.Kind.CONFLICT);
    assertThat(refused)
        .hasMessageContaining("ana approved with replicas = 4")
        .hasMessageContaining("you say replicas = 5");
    assertThat(refused(() -> approve("ben", Map.of())).faults()).containsKey("replicas");
    assertThat(gate().votes()).hasSize(1);

    assertThat(approve("ben", Map.of("replicas", "4")).status()).isEqualTo(Gate.Status.APPROVED);
    end();
    assertThat(stage.run(run).step("scale.answers").output()).containsEntry("replicas", 4);
  }

  @Test
  void rejection_needsNoAnswers() {
    String run = asking("");
    Gate gate = gate();

    stage.orders().reject(gate.id(), gate.planHash(), "ana", Set.of(), "no").join();
    stage.settle();

    assertThat(entry(run, "gate.rejected")).isPresent();
    assertThat(stage.run(run).steps()).doesNotContainKey("scale.answers");
  }

  @Test
  void nobodyAsked_takesTheDefaults() {
    String run =
        play(
            "    approve: {by: [ana], when: limit.used > 3, form: [{name: replicas, type: integer,"
                + " default: 3}, {name: strategy, default: slowly}]}");
    end();

    assertThat(entry(run, "intent.committed").orElseThrow().data()).contains("scale?to=3");
    assertThat(stage.run(run).step("scale.answers").output()).containsEntry("strategy", "slowly");
  }

  @Test
  void approvedByOldVersionWithoutAnswers_doesNothing() {
    String run = asking("");
    Gate gate = gate();
    stage.write(
        tx -> {
          Gate.Vote bare = new Gate.Vote("ana", true, "go", gate.openedAt());
          return stage.database().gates().vote(tx, gate.id(), bare)
              && stage.database().gates().save(tx, approved(gate));
        });
    end();

    assertThat(stage.run(run).step("scale").attempt()).isZero();
    assertThat(stage.run(run).step("scale").state().toString())
        .contains("nobody has filled in its form");
    List<Intent> intents = stage.read(tx -> stage.database().intents().ofRun(tx, run));
    assertThat(intents).isEmpty();
  }

  private static Gate approved(Gate gate) {
    return new Gate(
        gate.id(),
        gate.incidentId(),
        gate.runId(),
        gate.stepId(),
        gate.question(),
        gate.why(),
        gate.plan(),
        gate.planHash(),
        gate.by(),
        gate.walk(),
        gate.quorum(),
        gate.withinMillis(),
        gate.openedAt(),
        gate.expiresAt(),
        Gate.Status.APPROVED,
        gate.openedAt(),
        "by an older node",
        gate.votes(),
        gate.terms());
  }
}
