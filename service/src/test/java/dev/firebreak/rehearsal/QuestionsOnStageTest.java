package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Masker;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Review;
import dev.firebreak.guard.Approvers;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Warning;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.Rung;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approval answers exactly who asked, and comes from those who may give it, when they may. */
class QuestionsOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));

  @TempDir Path folder;
  private int frozen;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private void play(Map<String, List<Stub>> stubs, Rung... rungs) {
    book = runbook(List.of(), List.of(rungs), new Escalate("oncall", null), List.of());
    stage =
        new Stage(Database.inMemory(UUID.randomUUID().toString()), book, stubs, SETTINGS, folder);
  }

  @SuppressWarnings("NullAway.Init")
  private Runbook book;

  private static Alert alert() {
    return new Alert(
        "test",
        "f",
        Alert.Status.FIRING,
        VirtualTime.START,
        null,
        Map.of("env", "prod"),
        Map.of(),
        "critical",
        "something broke",
        null);
  }

  private String fire() {
    String run = stage.fire(book, alert(), "key");
    stage.settle();
    return run;
  }

  /** A run on an incident of its own that a person starts. */
  private String begin(String person) {
    Instant now = stage.time().instant();
    Incident incident =
        new Incident(
            "inc_hand",
            "hand",
            "broken",
            null,
            "ops",
            Incident.Status.OPEN,
            now,
            null,
            null,
            null,
            null);
    String run =
        stage.write(
            tx -> {
              stage.database().incidents().add(tx, incident);
              stage
                  .database()
                  .alerts()
                  .add(tx, new StoredAlert("alr_1", alert(), "inc_hand", "dlv_1", now, now, 1));
              return stage
                  .orders()
                  .start(tx, incident, book, alert().asModel(), Actor.person(person), now);
            });
    stage.settle();
    return run;
  }

  private void freeze(Freeze.Mode mode, @Nullable String scope, Duration lasts) {
    Instant now = stage.time().instant();
    Freeze freeze =
        new Freeze(
            "frz_" + frozen++,
            "quarter end",
            "the books are closed",
            "team-finance",
            new Span(
                now.atOffset(ZoneOffset.UTC).toLocalDateTime(),
                now.plus(lasts).atOffset(ZoneOffset.UTC).toLocalDateTime(),
                ZoneOffset.UTC,
                null),
            mode,
            scope,
            "person:ana",
            now,
            null);
    stage.write(
        tx -> {
          stage.database().freezes().add(tx, freeze);
          return true;
        });
  }

  private void advance(Duration by) {
    Instant until = stage.time().instant().plus(by);
    while (stage.time().instant().isBefore(until)) {
      assertThat(stage.advance(Optional.of(until))).isTrue();
    }
  }

  private List<Intent> intents(String run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run));
  }

  private String state(String run, String step) {
    return stage.run(run).step(step).state().toString();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static Approve by(String who, Duration notBefore, String... except) {
    return new Approve(
        null, List.of(who), 1, Duration.ofMinutes(15), notBefore, true, List.of(except), List.of());
  }

  private Gate gate() {
    assertThat(stage.openGates()).hasSize(1);
    return stage.openGates().getFirst();
  }

  private void approve(Gate gate, String who, String... seats) {
    stage.orders().approve(gate.id(), gate.planHash(), who, Set.of(seats), "go").join();
    stage.settle();
  }

  private void refused(Gate gate, String who, String... sentence) {
    assertThatThrownBy(() -> approve(gate, who))
        .cause()
        .isInstanceOf(OrderRefused.class)
        .message()
        .contains(sentence);
    assertThat(stage.openGates()).hasSize(1);
  }

  @Test
  void yesToOneGuard_isNoYesToAnother() {
    play(Map.of(), rung("fix").build());
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    stage
        .orders()
        .automate(
            new Automation(Automation.Mode.ASK, "new here", "ana", stage.time().instant(), null))
        .join();
    String run = fire();
    Gate first = gate();
    assertThat(first.terms().guards()).containsExactly("halt");
    approve(first, "ben");
    assertThat(intents(run)).isEmpty();
    Gate second = gate();
    assertThat(second.asked()).containsExactly("team-finance");
    assertThat(second.terms().guards()).containsExactly("halt", "freeze");
    approve(second, "cfo", "team-finance");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void guardsThatAskTheSamePeople_askOnce() {
    play(Map.of(), rung("fix").approve(by("team-finance", Duration.ZERO)).build());
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    String run = fire();
    assertThat(gate().why()).contains("quarter end").contains("wants every such change approved");
    approve(gate(), "cfo", "team-finance");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void guardThatAsksAfterTheApproval_asksAnew() {
    play(
        Map.of("fix", List.of(new Stub(How.FAILED, "no", Map.of(), Duration.ZERO))),
        rung("fix").approve(by("ana", Duration.ZERO)).build());
    String run = fire();
    approve(gate(), "ana");
    advance(Duration.ofSeconds(20));
    assertThat(intents(run)).hasSize(1);
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    stage.orders().retry(run, "fix", Actor.person("zoe"), "once more").join();
    stage.settle();
    assertThat(intents(run)).hasSize(1);
    assertThat(gate().why()).contains("quarter end");
    approve(gate(), "ana");
    assertThat(intents(run)).hasSize(2);
  }

  @Test
  void guardThatAsksWhilePeopleAreAsked_isInANewQuestion() {
    play(Map.of(), rung("fix").approve(by("team-finance", Duration.ZERO)).build());
    String run = fire();
    Gate first = gate();
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    approve(first, "cfo", "team-finance");
    assertThat(intents(run)).isEmpty();
    assertThat(gate().why()).contains("quarter end");
    approve(gate(), "cfo", "team-finance");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void whatIsDeniedAnyway_nobodyIsAskedAbout() {
    play(Map.of(), rung("fix").targets("nobody/manages-it").build());
    freeze(Freeze.Mode.ASK, null, Duration.ofMinutes(30));
    String run = fire();
    assertThat(stage.openGates()).isEmpty();
    assertThat(state(run, "fix")).contains("scope");
  }

  @Test
  void whoStartedTheRun_doesNotApproveIt() {
    play(Map.of(), rung("fix").approve(by("ops", Duration.ZERO)).build());
    String run = begin("ana");
    assertThatThrownBy(() -> approve(gate(), "ana", "ops"))
        .cause()
        .hasMessageContaining(
            "ana may not decide this: they started this run, and it takes four eyes")
        .hasMessageContaining("Somebody else of ops has to");
    approve(gate(), "ben", "ops");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void whoIsExcepted_doesNotApproveIt() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ZERO, "ana", "ben")).build());
    String run = fire();
    refused(gate(), "ana", "the runbook excepts them");
    assertThat(intents(run)).isEmpty();
  }

  @Test
  void beforeItsTime_nobodyApproves() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ofMinutes(5))).build());
    String run = fire();
    refused(gate(), "ana", "nobody approves this before");
    advance(Duration.ofMinutes(6));
    approve(gate(), "ana");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void rejection_countsAtOnce() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ofMinutes(5))).build());
    String run = fire();
    Gate gate = gate();
    stage.orders().reject(gate.id(), gate.planHash(), "ana", Set.of(), "no").join();
    stage.settle();
    assertThat(stage.openGates()).isEmpty();
    assertThat(intents(run)).isEmpty();
  }

  @Test
  void whoDecidesForAnother_isOnTheRecordWithBothNames() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ZERO)).build());
    String run = fire();
    approve(gate(), "ben", "ana");
    Run found = stage.run(run);
    assertThat(
            stage
                .read(tx -> stage.database().journal().read(tx, found.incidentId(), 0, 999))
                .stream()
                .map(entry -> entry.text()))
        .contains("ben approves for ana by the API: go");
  }

  private static Approve of(int quorum, List<List<String>> then, String... people) {
    return new Approve(
        null,
        List.of(people),
        quorum,
        Duration.ofMinutes(15),
        Duration.ZERO,
        true,
        List.of("bad"),
        then);
  }

  private List<String> texts(String run) {
    String incident = stage.run(run).incidentId();
    return stage.read(tx -> stage.database().journal().read(tx, incident, 0, 999)).stream()
        .map(entry -> entry.kind() + ": " + entry.text())
        .toList();
  }

  private void counted() {
    Map<String, Set<String>> teams = Map.of("ops", Set.of("ana", "bad"));
    stage.count(
        (tx, asked, now) -> {
          Set<String> people = new HashSet<>();
          asked.forEach(name -> people.addAll(teams.getOrDefault(name, Set.of(name))));
          return Optional.of(people);
        });
  }

  @Test
  void tooFewForTheQuorum_theNextAreAskedAtOnce_andEverybodyIsToldWhy() {
    play(Map.of(), rung("fix").approve(of(2, List.of(List.of("ben")), "ops")).build());
    counted();
    String run = fire();
    Gate gate = gate();
    assertThat(gate.asked()).containsExactly("ops", "ben");
    assertThat(gate.expiresAt()).isEqualTo(gate.openedAt().plus(Duration.ofMinutes(15)));
    assertThat(gate.why())
        .contains(
            "2 people have to approve, and of ops only ana can; bad may not: the runbook excepts"
                + " them, so ben is asked at once");
    assertThat(texts(run))
        .anyMatch(text -> text.startsWith("gate.opened: asks ops, ben until "))
        .noneMatch(text -> text.startsWith("gate.walked"));
    approve(gate, "ana", "ops");
    approve(gate(), "ben");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void nobodyLeftForTheQuorum_goesToAHumanAtOnce_andNobodyIsAsked() {
    play(Map.of(), rung("fix").approve(of(2, List.of(List.of("bad")), "ops")).build());
    counted();
    String run = fire();
    String why =
        "2 people have to approve, and of ops, bad only ana can; bad may not: the runbook excepts"
            + " them; nobody was asked";
    assertThat(stage.openGates()).isEmpty();
    assertThat(state(run, "fix")).contains("gate-unreachable").contains(why);
    assertThat(texts(run)).contains("gate.expired: " + why);
    assertThat(texts(run)).contains("escalation.called: calls oncall: fix: " + why);
    assertThat(intents(run)).isEmpty();
  }

  @Test
  void onlyWhoStartedTheRunIsAsked_andFourEyesAreWanted_goesToAHumanAtOnce() {
    play(Map.of(), rung("fix").approve(of(1, List.of(), "ana")).build());
    counted();
    String run = begin("ana");
    assertThat(stage.openGates()).isEmpty();
    assertThat(state(run, "fix"))
        .contains("1 person has to approve, and of ana nobody can; ana may not: they started this");
  }

  /** An alert that joins the run, as intake has it. */
  private void again(String run, String summary, Actor by) {
    Instant now = stage.time().instant();
    Alert alert =
        new Alert(
            "test",
            "f2",
            Alert.Status.FIRING,
            now,
            null,
            Map.of("env", "prod"),
            Map.of(),
            "critical",
            summary,
            null);
    String joined =
        stage.write(
            tx -> {
              Incident incident =
                  stage.database().incidents().find(tx, stage.run(run).incidentId()).orElseThrow();
              return stage.orders().start(tx, incident, book, alert.asModel(), by, now);
            });
    assertThat(joined).isEqualTo(run);
    stage.settle();
  }

  @Test
  void alertThatFiresAgainWhilePeopleAreAsked_isOnTheRecord_andTheQuestionStands() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ZERO)).build());
    String run = fire();
    Gate gate = gate();
    again(run, "now it burns", new Actor(Actor.Kind.SOURCE, "prod"));
    again(run, "by hand", Actor.person("zoe"));
    assertThat(texts(run))
        .contains("alert.again: fired again while ana is asked: now it burns")
        .noneMatch(text -> text.contains("by hand"));
    assertThat(gate()).isEqualTo(gate);
    approve(gate, "ana");
    assertThat(intents(run)).hasSize(1);
  }

  @Test
  void alertThatFiresAgainWhileNobodyIsAsked_isNoNews() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ZERO)).build());
    String run = fire();
    Gate gate = gate();
    stage.orders().reject(gate.id(), gate.planHash(), "ana", Set.of(), "no").join();
    stage.settle();
    again(run, "now it burns", new Actor(Actor.Kind.SOURCE, "prod"));
    assertThat(texts(run)).noneMatch(text -> text.startsWith("alert.again"));
  }

  private GlassDesk glass() {
    Database database = stage.database();
    return new GlassDesk(
        database.ledger(),
        new GlassDesk.Ports(
            new GateDesk(database.gates(), Approvers.ANYONE, new Masker()),
            database.reviews(),
            database.incidents(),
            new Herald(
                database.incidents(),
                database.journal(),
                database.outbox(),
                List.of(),
                warning -> {
                  told.add(warning);
                  return List.of();
                }),
            (tx, gate, now) -> {
              decided.add(gate.status());
              stage.engine().decided(tx, gate, now);
            }),
        Set.of("lead"),
        new Ids(stage.time()),
        stage.time());
  }

  private final List<Warning> told = new ArrayList<>();
  private final List<Gate.Status> decided = new ArrayList<>();

  private static GateDesk.Word word(Gate gate, String who) {
    return new GateDesk.Word(gate.id(), gate.planHash(), who, Set.of(), true, "nobody is there");
  }

  @Test
  void brokenGlass_letsTheChangeGo_loudly_andLeavesAReviewForSomebodyElse() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ofMinutes(5))).build());
    String run = fire();
    Gate gate = gate();
    assertThatThrownBy(() -> glass().breakGlass(word(gate, "ben")).join())
        .cause()
        .hasMessageContaining("ben may not break the glass; breakGlass.by names lead");
    assertThat(intents(run)).isEmpty();
    glass().breakGlass(word(gate, "lead")).join();
    stage.settle();
    assertThat(intents(run)).hasSize(1);
    assertThat(decided).containsExactly(Gate.Status.APPROVED);
    assertThat(told)
        .singleElement()
        .extracting(Warning::text)
        .asString()
        .contains("lead broke the glass", "nobody is there");
    Review review = stage.read(glass()::open).getFirst();
    assertThatThrownBy(() -> glass().close(review.id(), "lead", "fine").join())
        .cause()
        .hasMessageContaining("somebody else has to close the review");
    assertThat(glass().close(review.id(), "ana", "it was right").join().end()).isNotNull();
    assertThat(stage.read(glass()::open)).isEmpty();
    assertThatThrownBy(() -> glass().close(review.id(), "ana", "again").join())
        .cause()
        .hasMessageContaining("closed already");
  }

  @Test
  void glassOfADecidedGate_isNotBroken() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ZERO)).build());
    String run = fire();
    Gate gate = gate();
    stage.orders().reject(gate.id(), gate.planHash(), "ana", Set.of(), "no").join();
    assertThatThrownBy(() -> glass().breakGlass(word(gate, "lead")).join())
        .cause()
        .hasMessageContaining("ana rejected: no");
    stage.settle();
    assertThat(intents(run)).isEmpty();
    assertThat(stage.read(glass()::open)).isEmpty();
  }

  @Test
  void openReview_isToldOfAgainEachDay() {
    play(Map.of(), rung("fix").approve(by("ana", Duration.ZERO)).build());
    fire();
    glass().breakGlass(word(gate(), "lead")).join();
    glass().look();
    assertThat(told).hasSize(1);
    stage.time().advanceTo(stage.time().instant().plus(Duration.ofHours(25)));
    glass().look();
    glass().look();
    assertThat(told).hasSize(2);
  }
}
