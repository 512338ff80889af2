package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Actor;
import dev.firebreak.engine.Backlog;
import dev.firebreak.fixtures.Backlogs;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.policy.PolicyFolder;
import dev.firebreak.guard.policy.PolicyGuard;
import dev.firebreak.guard.policy.PolicySet;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One scenario for every way in and everything that bars it: whatever brings a change, an alert, a
 * person, an approval, another try, a resumed run or what piled up, nothing is changed while a
 * halt, a freeze or a policy forbids it; and without the bar the same way leads to the change.
 */
class EveryWayInTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));
  private static final Map<String, List<Stub>> FIRST_FAILS =
      Map.of(
          "fix",
          List.of(
              new Stub(How.FAILED, "no", Map.of(), Duration.ZERO),
              new Stub(How.OK, "", Map.of(), Duration.ZERO)));

  /** What forbids a change. */
  enum Bar {
    NONE,
    HALT,
    HALT_OF_A_PART,
    FREEZE,
    POLICY
  }

  /** What brings one. */
  enum Way {
    ALERT,
    PERSON,
    APPROVAL,
    RETRY,
    RESUME,
    BACKLOG
  }

  @TempDir Path folder;
  private final AtomicReference<PolicySet> policies = new AtomicReference<>(PolicySet.NONE);

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @SuppressWarnings("NullAway.Init")
  private Runbook book;

  static Stream<Arguments> all() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Bar.values()).map(bar -> Arguments.of(way, bar)));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest(name = "{0} against {1}")
  @MethodSource("all")
  void change_isMadeOnlyWithoutABar(Way way, Bar bar) {
    open(way);
    int made = way == Way.RETRY ? 1 : 0;
    Run run = bring(way, bar);
    stage.settle();
    List<Intent> intents = stage.read(tx -> stage.database().intents().ofRun(tx, run.id()));
    assertThat(intents).hasSize(made + (bar == Bar.NONE ? 1 : 0));
    if (bar != Bar.NONE) {
      assertThat(stage.run(run.id()).step("fix").state().toString())
          .contains(
              switch (bar) {
                case HALT, HALT_OF_A_PART -> "automation is switched off";
                case FREEZE -> "the freeze 'stop' holds until";
                default -> "the policy 'stop' of team-ops";
              });
    }
  }

  private void open(Way way) {
    var rung = rung("fix").limit(null);
    if (way == Way.APPROVAL) {
      rung.approve(
          new Approve(
              null,
              List.of("ana"),
              1,
              Duration.ofMinutes(15),
              Duration.ZERO,
              false,
              List.of(),
              List.of()));
    }
    book = runbook(List.of(), List.of(rung.build()), new Escalate("oncall", null), List.of());
    Map<String, List<Stub>> stubs = way == Way.RETRY ? FIRST_FAILS : Map.of();
    stage =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()),
            OneRunbook.of(book, stubs),
            stubs,
            SETTINGS,
            folder,
            List.of(new PolicyGuard(policies::get)));
  }

  private Run bring(Way way, Bar bar) {
    return switch (way) {
      case ALERT -> {
        raise(bar);
        yield fire();
      }
      case PERSON -> {
        raise(bar);
        yield start();
      }
      case APPROVAL -> {
        Run run = fire();
        Gate gate = stage.openGates().getFirst();
        raise(bar);
        stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "go").join();
        yield run;
      }
      case RETRY -> {
        Run run = fire();
        raise(bar);
        stage.orders().retry(run.id(), "fix", Actor.person("ana"), "once more").join();
        yield run;
      }
      case RESUME -> {
        Run run = paused();
        raise(bar);
        stage.orders().resume(run.id(), Actor.person("ana")).join();
        yield run;
      }
      case BACKLOG -> {
        halt(Automation.Mode.OFF, "service:shop");
        Run run = fire();
        halt(Automation.Mode.ON, "service:shop");
        raise(bar);
        goOn();
        yield run;
      }
    };
  }

  private void raise(Bar bar) {
    switch (bar) {
      case NONE -> {}
      case HALT -> halt(Automation.Mode.OFF, "all");
      case HALT_OF_A_PART -> halt(Automation.Mode.OFF, "runbook:book");
      case FREEZE -> freeze();
      case POLICY ->
          policies.set(
              PolicyFolder.parse(
                  Map.of(
                      "p.yml",
                      """
                      policies:
                        - {name: stop, owner: team-ops, when: "true", then: deny, why: not now}
                      """)));
    }
  }

  private void halt(Automation.Mode mode, String scope) {
    stage
        .orders()
        .automate(
            new Automation(
                mode,
                "stop",
                "person:ana",
                stage.time().instant(),
                null,
                HaltScope.parse(scope),
                "ana"))
        .join();
  }

  private void freeze() {
    Instant now = stage.time().instant();
    Span span = Span.parse(now.toString(), now.plus(Duration.ofHours(1)).toString(), null, null);
    Freeze freeze =
        new Freeze(
            "frz_1", "stop", "r", "o", span, Freeze.Mode.DENY, null, "person:ana", now, null);
    stage.write(
        tx -> {
          stage.database().freezes().add(tx, freeze);
          return true;
        });
  }

  private static Alert alert() {
    return new Alert(
        "test",
        "f",
        Alert.Status.FIRING,
        VirtualTime.START,
        null,
        Map.of("service", "shop"),
        Map.of(),
        null,
        "something broke",
        null);
  }

  private Run fire() {
    String run = stage.fire(book, alert(), "key");
    stage.settle();
    return stage.run(run);
  }

  private Run start() {
    Instant now = stage.time().instant();
    String run =
        stage.write(
            tx -> {
              Incident incident =
                  new Incident(
                      "inc_1",
                      "key",
                      "by hand",
                      null,
                      "team",
                      Incident.Status.OPEN,
                      now,
                      null,
                      null,
                      null,
                      null);
              stage.database().incidents().add(tx, incident);
              return stage.orders().start(tx, incident, book, Map.of(), Actor.person("ana"), now);
            });
    stage.settle();
    return stage.run(run);
  }

  /** It stops before its change: a person paused it in the moment it began. */
  private Run paused() {
    halt(Automation.Mode.ASK, "all");
    Run run = fire();
    assertThat(run.status()).isEqualTo(RunStatus.WAITING);
    stage.orders().pause(run.id(), Actor.person("ana"), "wait").join();
    Gate gate = stage.openGates().getFirst();
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "go").join();
    stage.settle();
    assertThat(stage.read(tx -> stage.database().intents().ofRun(tx, run.id())).size()).isZero();
    halt(Automation.Mode.ON, "all");
    return run;
  }

  private void goOn() {
    Backlog backlog =
        Backlogs.of(stage.database(), stage.orders(), OneRunbook.of(book, Map.of()), stage.time());
    HaltScope scope = HaltScope.parse("service:shop");
    Backlog.Wish wish = new Backlog.Wish(scope, HaltedChange.Choice.GO_ON, 1, "", "over");
    Optional<Throwable> fault =
        backlog.choose(wish, Actor.person("ana")).handle((d, e) -> Optional.ofNullable(e)).join();
    stage.settle();
    assertThat(fault.map(String::valueOf).orElse("still off")).contains("still");
  }
}
