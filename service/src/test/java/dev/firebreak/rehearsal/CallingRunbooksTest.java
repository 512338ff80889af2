package dev.firebreak.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.ActionVocabulary;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.RunbookLoader;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runbooks that call one another, on the real engine. */
class CallingRunbooksTest {
  private static final Actor ANA = Actor.person("ana");
  private static final String CALLER =
      """
      runbook: caller
      owner: team
      on:
        alert: alert.labels.alertname == 'X'
        incident: "x/{{alert.labels.host}}"
      diagnose:
        - id: check
          runbook: {name: check, with: {host: "{{alert.labels.host}}", tries: "3"}, within: 1h}
        - id: after
          needs: [check]
          when: steps.check.ok && steps.check.output.found == 'a b 3 false'
          probe: {}
      """;
  private static final String CHECK =
      """
      runbook: check
      owner: team
      inputs:
        host: {}
        tries: {type: integer}
        deep: {type: boolean, default: false}
      outputs:
        found: inputs.host + ' ' + steps.look.output.word + ' ' + string(inputs.tries) + ' ' + string(inputs.deep)
      diagnose:
        - id: look
          probe: {of: "{{inputs.host}}"}
      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private final Map<String, Runbook> books = new LinkedHashMap<>();

  /** One action, that takes whatever it is given. */
  private static final class Probes implements ActionVocabulary {
    @Override
    public Set<String> types() {
      return Set.of("probe");
    }

    @Override
    public Map<String, Object> schema(String type) {
      return Map.of("type", "object");
    }

    @Override
    public boolean changes(String type, Map<String, Object> params) {
      return params.containsKey("change");
    }
  }

  private final class Shelf implements Runbooks {
    @Override
    public List<Runbook> current() {
      return List.copyOf(books.values());
    }

    @Override
    public Optional<Runbook> current(String name) {
      return Optional.ofNullable(books.get(name));
    }

    @Override
    public Runbook version(String version) {
      return books.values().stream()
          .filter(book -> book.version().equals(version))
          .findFirst()
          .orElseThrow();
    }
  }

  private String play(Map<String, List<Stub>> stubs, String... texts) {
    RunbookLoader loader = new RunbookLoader(new Probes());
    for (String text : texts) {
      Loaded loaded = loader.load("test", text);
      assertThat(loaded.errors()).extracting(Problem::asLine).isEmpty();
      Runbook book = Objects.requireNonNull(loaded.runbook());
      books.put(book.name(), book);
    }
    GuardSettings.Window window = new GuardSettings.Window(50, Duration.ofHours(1));
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()),
            new Shelf(),
            stubs,
            new GuardSettings(List.of("**"), window, window),
            folder);
    Alert alert =
        new Alert(
            "test",
            "f",
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of("alertname", "X", "host", "a"),
            Map.of(),
            null,
            "x",
            null);
    String run = stage.fire(Objects.requireNonNull(books.get("caller")), alert, "x/a");
    stage.settle();
    return run;
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static List<Stub> brings(How how, Duration takes) {
    return List.of(new Stub(how, "no", Map.of("word", "b"), takes));
  }

  private Run child(String parent, String step) {
    StepState state = stage.run(parent).step(step).state();
    String id =
        state instanceof StepState.Waiting waiting
            ? String.valueOf(waiting.ref())
            : String.valueOf(stage.run(parent).step(step).output().get("run"));
    return stage.run(id);
  }

  private void advance(Duration by) {
    var until = stage.time().instant().plus(by);
    while (stage.time().instant().isBefore(until)) {
      assertThat(stage.advance(Optional.of(until))).isTrue();
    }
  }

  @Test
  void call_hasItsOwnRun_ofTheSameIncident_andItsEndIsTheSteps() {
    String id = play(Map.of("look", brings(How.OK, Duration.ofSeconds(5))), CALLER, CHECK);
    Run child = child(id, "check");
    assertThat(child.incidentId()).isEqualTo(stage.run(id).incidentId());
    assertThat(child.version()).isEqualTo(Objects.requireNonNull(books.get("check")).version());
    assertThat(child.parent().orElseThrow().run()).isEqualTo(id);
    assertThat(child.parent().orElseThrow().step()).isEqualTo("check");
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.WAITING);
    advance(Duration.ofSeconds(5));
    Run run = stage.run(id);
    assertThat(run.step("check").output())
        .containsEntry("found", "a b 3 false")
        .containsEntry("outcome", "succeeded")
        .containsEntry("run", child.id());
    assertThat(run.step("after").attempt()).isEqualTo(1);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(
            stage.read(tx -> stage.database().journal().read(tx, run.incidentId(), 0, 100)).stream()
                .map(JournalEntry::text))
        .contains("check started, called by check of caller");
  }

  @Test
  void call_thatIsOverAtOnce_isOverInTheSameTransaction() {
    String id =
        play(
            Map.of(),
            CALLER,
            """
            runbook: check
            owner: team
            inputs: {host: {}, tries: {type: integer}}
            """);
    assertThat(stage.run(id).step("check").ended(StepState.End.SUCCEEDED)).isTrue();
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void output_thatCannotBeWorkedOut_failsTheStep() {
    Stub silent = new Stub(How.OK, "", Map.of(), Duration.ZERO);
    String id = play(Map.of("look", List.of(silent)), CALLER, CHECK);
    assertThat(stage.run(id).step("check").state().toString())
        .contains("invalid-output", "'found'", "word");
  }

  @Test
  void call_thatCannotBeMade_failsTheStep_andSaysWhy() {
    String id = play(Map.of(), CALLER);
    assertThat(stage.run(id).step("check").state().toString())
        .contains("not-started", "no runbook of this name");
  }

  @Test
  void call_withInputsThatDoNotFit_failsTheStep() {
    String id =
        play(Map.of(), CALLER.replace("tries: \"3\"", "tries: \"{{alert.labels.host}}\""), CHECK);
    assertThat(stage.run(id).step("check").state().toString())
        .contains("not-started", "'tries' must be of type integer, not string");
  }

  @Test
  void ring_thatCouldNotBeSeenBefore_isBroken() {
    String id =
        play(
            Map.of(),
            CALLER,
            """
            runbook: check
            owner: team
            inputs: {host: {}, tries: {}}
            diagnose:
              - id: back
                runbook: {name: caller}
            """);
    assertThat(child(id, "check").step("back").state().toString())
        .contains("it would call itself: caller → check → caller");
    assertThat(stage.run(id).status().ended()).isTrue();
  }

  @Test
  void pauseResumeAndCancel_goDown() {
    String id = play(Map.of("look", brings(How.OK, Duration.ofMinutes(5))), CALLER, CHECK);
    String child = child(id, "check").id();
    stage.orders().pause(id, ANA, "look").join();
    assertThat(stage.run(child).control().paused()).isTrue();
    stage.orders().resume(id, ANA).join();
    assertThat(stage.run(child).control().paused()).isFalse();
    stage.orders().cancel(id, ANA, "wrong host").join();
    stage.settle();
    assertThat(stage.run(child).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(stage.run(child).why()).asString().contains("ana cancelled: wrong host");
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.CANCELLED);
  }

  /** Another node takes runs over: what was at work there is no more. */
  private void takenOver(String... runs) {
    for (String run : runs) {
      Object unused =
          stage.write(
              tx ->
                  stage
                      .database()
                      .mail()
                      .post(
                          tx,
                          run,
                          new RunEvent.Recovered(stage.time().instant()),
                          "gone",
                          stage.time().instant()));
    }
    stage.engine().readMail();
    stage.settle();
  }

  @Test
  void takeover_ofEitherRun_losesNothing_andStartsNothingTwice() {
    String id = play(Map.of("look", brings(How.OK, Duration.ofSeconds(5))), CALLER, CHECK);
    String child = child(id, "check").id();
    takenOver(id);
    takenOver(child);
    takenOver(id, child);
    assertThat(stage.run(child).step("look").attempt()).isGreaterThan(1);
    advance(Duration.ofSeconds(5));
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(stage.run(id).step("check").output()).containsEntry("run", child);
    String incident = stage.run(id).incidentId();
    assertThat(
            stage.<List<Run>>read(tx -> stage.database().runs().list(tx, incident, null, null, 10)))
        .hasSize(2);
  }

  @Test
  void testsOfRunbooks_standInForWhatIsCalled_andGiveWhatIsWanted() {
    String caller =
        CALLER
            + """
            tests:
              - name: found
                alert: {labels: {alertname: X, host: a}}
                steps: {check: {ok: true, output: {found: a b 3 false}}}
                expect: {outcome: succeeded, ran: [check, after]}
              - name: not found
                alert: {labels: {alertname: X, host: a}}
                steps: {check: {failed: "no"}}
                expect: {outcome: succeeded, ran: [check], skipped: [after]}
            """;
    String check =
        CHECK
            + """
            tests:
              - name: given what it wants
                alert: {}
                inputs: {host: a, tries: 3}
                steps: {look: {ok: true, output: {word: b}}}
                expect: {outcome: succeeded, ran: [look]}
              - name: not given what it wants
                alert: {}
                inputs: {host: a}
                expect: {not_started: true}
            """;
    Object unused = play(Map.of(), caller, check);
    GuardSettings.Window window = new GuardSettings.Window(50, Duration.ofHours(1));
    Rehearsal rehearsal = new Rehearsal(new GuardSettings(List.of("**"), window, window), folder);
    for (Runbook book : books.values()) {
      assertThat(rehearsal.test(book))
          .hasSize(2)
          .allSatisfy(result -> assertThat(result.faults()).isEmpty());
    }
  }

  @Test
  void callee_thatIsCancelled_failsTheStep() {
    String id = play(Map.of("look", brings(How.OK, Duration.ofMinutes(5))), CALLER, CHECK);
    stage.orders().cancel(child(id, "check").id(), ANA, "not this").join();
    stage.settle();
    Run run = stage.run(id);
    assertThat(run.step("check").state().toString()).contains("child-cancelled");
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void callee_thatTakesTooLong_isCancelled() {
    String id =
        play(
            Map.of(), CALLER, CHECK.replace("probe: {of: \"{{inputs.host}}\"}", "wait: {for: 2h}"));
    String child = child(id, "check").id();
    advance(Duration.ofHours(1));
    assertThat(stage.run(id).step("check").state().toString()).contains("wait-expired");
    assertThat(stage.run(child).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void failedCall_triedAgainByHand_hasAnotherRun() {
    String id =
        play(
            Map.of("look", brings(How.OK, Duration.ofMinutes(5))),
            CALLER + "  - id: long\n    wait: {for: 3h}\n",
            CHECK);
    String first = child(id, "check").id();
    stage.orders().cancel(first, ANA, "not this").join();
    stage.settle();
    stage.orders().retry(id, "check", ANA, "yes, this").join();
    stage.settle();
    assertThat(child(id, "check").id()).isNotEqualTo(first);
    advance(Duration.ofMinutes(5));
    assertThat(stage.run(id).step("check").output()).containsEntry("outcome", "succeeded");
  }

  @Test
  void calleeThatChanges_goesThroughTheGuardsItself_andItsStepFailsWithIt() {
    String id =
        play(
            Map.of("fix", brings(How.FAILED, Duration.ZERO)),
            """
            runbook: caller
            owner: team
            on:
              alert: alert.labels.alertname == 'X'
              incident: x
            remediate:
              - id: move
                target: host/a
                limit: {max: 2, per: 1h}
                steps:
                  - id: do
                    runbook: {name: mend, with: {host: b}}
                verify: {probe: {}}
            """,
            """
            runbook: mend
            owner: team
            inputs: {host: {}}
            remediate:
              - id: fix
                target: "host/{{inputs.host}}"
                limit: {max: 2, per: 1h}
                do: {probe: {change: true}}
                idempotent: false
                verify: {probe: {}}
                undo: null
            """);
    Run run = stage.run(id);
    Run child = child(id, "move/do");
    List<Intent> intents = stage.read(tx -> stage.database().intents().ofRun(tx, child.id()));
    assertThat(intents).singleElement().extracting(Intent::targets).isEqualTo(List.of("host/b"));
    assertThat(child.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.step("move/do").state().toString()).contains("child-failed");
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void calleeAtWork_isWaitedFor_whenItsCallerIsCancelled_soThatNobodyElseGetsTheTarget() {
    String id =
        play(
            Map.of("fix", brings(How.OK, Duration.ofSeconds(30))),
            """
            runbook: caller
            owner: team
            on:
              alert: alert.labels.alertname == 'X'
              incident: x
            remediate:
              - id: move
                target: host/a
                limit: {max: 5, per: 1h}
                steps:
                  - id: first
                    probe: {change: true}
                    idempotent: false
                    undo: null
                  - id: do
                    needs: [first]
                    runbook: {name: mend}
                verify: {probe: {}}
            """,
            """
            runbook: mend
            owner: team
            remediate:
              - id: fix
                target: host/a
                limit: {max: 2, per: 1h}
                do: {probe: {change: true}}
                timeout: 1m
                idempotent: false
                verify: {probe: {}}
                undo: null
            """);
    Run child = child(id, "move/do");
    assertThat(child.step("fix").state())
        .as("its caller holds the target, and lends it")
        .isInstanceOf(StepState.Running.class);
    stage.orders().cancel(id, ANA, "stop").join();
    stage.settle();
    assertThat(stage.run(id).status().ended()).isFalse();
    assertThat(stage.<Optional<String>>read(tx -> stage.database().locks().holder(tx, "host/a")))
        .contains(id);
    advance(Duration.ofSeconds(31));
    assertThat(stage.run(child.id()).status().ended()).isTrue();
    assertThat(stage.run(id).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(stage.run(id).step("move/do").ended(StepState.End.CANCELLED)).isTrue();
    assertThat(stage.<Optional<String>>read(tx -> stage.database().locks().holder(tx, "host/a")))
        .isEmpty();
  }
}
