package dev.firebreak.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.PromotionGuard;
import dev.firebreak.guard.promotion.PromotionSettings;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
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
import java.util.ArrayList;
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

/** A version that was not promoted does everything but its changes. */
class PromotionOnStageTest {
  private static final Actor BEN = Actor.person("ben");
  private static final PromotionSettings REQUIRED =
      new PromotionSettings(true, List.of(), List.of("trusted-*"), true);

  private static final String BOOK =
      """
      runbook: book
      owner: team
      author: ana
      on:
        alert: alert.labels.alertname == 'X'
        incident: "x/{{alert.labels.host}}"
      diagnose:
        - id: look
          probe: {}
      remediate:
        - id: restart
          target: "host/{{alert.labels.host}}"
          limit: {max: 9, per: 1h}
          do:
            probe: {change: "start {{alert.labels.host}}"}
          idempotent: true
          verify: {probe: {}}
          undo: null
        - id: fail-over
          target: "host/{{alert.labels.host}}"
          limit: {max: 9, per: 1h}
          approve: {by: [team-ops], four_eyes: true}
          do:
            probe: {change: over}
          idempotent: true
          verify: {probe: {}}
          undo: null
      escalate: {to: oncall}
      """;

  @TempDir Path folder;
  private final Map<String, Runbook> current = new LinkedHashMap<>();
  private final List<Runbook> all = new ArrayList<>();
  private int fired;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @SuppressWarnings("NullAway.Init")
  private PromotionDesk desk;

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
      return List.copyOf(current.values());
    }

    @Override
    public Optional<Runbook> current(String name) {
      return Optional.ofNullable(current.get(name));
    }

    @Override
    public Runbook version(String version) {
      return all.stream().filter(it -> it.version().equals(version)).findFirst().orElseThrow();
    }
  }

  private Runbook load(String text) {
    Loaded loaded = new RunbookLoader(new Probes()).load("test", text);
    assertThat(loaded.errors()).extracting(Problem::asLine).isEmpty();
    Runbook book = Objects.requireNonNull(loaded.runbook());
    current.put(book.name(), book);
    all.add(book);
    return book;
  }

  private Runbook open(PromotionSettings settings, Map<String, List<Stub>> stubs, String text) {
    Database database = Database.inMemory(UUID.randomUUID().toString());
    GuardSettings.Window window = new GuardSettings.Window(50, Duration.ofHours(1));
    stage =
        new Stage(
            database,
            new Shelf(),
            stubs,
            new GuardSettings(List.of("host/*"), window, window),
            folder,
            List.of(),
            List.of(new PromotionGuard(settings, database.promotions(), database.runs())));
    desk =
        new PromotionDesk(
            new PromotionDesk.Parts(
                database.ledger(), database.promotions(), new Shelf(), database.journal()),
            settings,
            stage.time());
    return load(text);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private String fire(Runbook book, String host) {
    fired++;
    Alert alert =
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of("alertname", "X", "host", host),
            Map.of(),
            null,
            "x",
            null);
    String run = stage.fire(book, alert, "x/" + fired);
    stage.settle();
    return run;
  }

  private static Map<String, List<Stub>> takes(String step, Duration length) {
    return Map.of(step, List.of(new Stub(How.OK, "", Map.of(), length)));
  }

  private static PromotionDesk.Word word(Runbook book, String who) {
    return new PromotionDesk.Word(book.name(), book.version(), who, Set.of(), "it is right");
  }

  private PromotionDesk.Standing promote(Runbook book) {
    return desk.promote(word(book, "ben")).join();
  }

  private List<Intent> intents(String run) {
    return stage.read(tx -> stage.database().intents().ofRun(tx, run));
  }

  private String state(String run, String step) {
    return stage.run(run).step(step).state().toString();
  }

  private List<String> said(String run) {
    String incident = stage.run(run).incidentId();
    return stage.read(tx -> stage.database().journal().read(tx, incident, 0, 200)).stream()
        .map(JournalEntry::text)
        .toList();
  }

  private void advance(Duration by) {
    var until = stage.time().instant().plus(by);
    while (stage.time().instant().isBefore(until)) {
      assertThat(stage.advance(Optional.of(until))).isTrue();
    }
  }

  @Test
  void versionThatWasNeverPromoted_looksButDoesNotTouch_andSaysWhatItWouldHaveDone() {
    Runbook book = open(REQUIRED, Map.of(), BOOK);
    String run = fire(book, "a");
    assertThat(intents(run)).isEmpty();
    assertThat(stage.openGates()).isEmpty();
    assertThat(state(run, "look")).contains("SUCCEEDED");
    assertThat(state(run, "restart"))
        .contains("rehearsed")
        .contains("rehearsal: 'restart' would have been done to host/a (probe change=start a)")
        .contains("this version of 'book' is not promoted")
        .contains("/runbooks/book");
    assertThat(state(run, "restart.verify")).contains("SKIPPED");
    assertThat(state(run, "fail-over"))
        .contains("would have been done to host/a")
        .contains("once team-ops said yes, asked by approval: the runbook wants");
    assertThat(said(run))
        .anySatisfy(
            line -> assertThat(line).startsWith("restart: rehearsal: 'restart' would have been"))
        .anySatisfy(
            line -> assertThat(line).startsWith("calls oncall: rehearsal: 'restart' would have"));
    PromotionDesk.Standing standing = desk.standing(book);
    assertThat(standing.state()).isEqualTo(PromotionDesk.State.REHEARSING);
    assertThat(Objects.requireNonNull(standing.tally()).runs()).isEqualTo(1);
    assertThat(standing.rehearsed()).hasSize(2);
  }

  @Test
  void promotedVersion_makesItsChanges_andAnotherVersionDoesNot() {
    Runbook old = open(REQUIRED, Map.of(), BOOK);
    assertThat(promote(old).state()).isEqualTo(PromotionDesk.State.PROMOTED);
    assertThat(stage.run(fire(old, "a")).status()).isEqualTo(RunStatus.MITIGATED);
    Runbook changed = load(BOOK.replace("max: 9", "max: 8"));
    assertThat(intents(fire(changed, "b"))).isEmpty();
    // another node has not read the new file yet
    assertThat(stage.run(fire(old, "c")).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void rehearsal_saysWhichGuardWouldHaveRefused() {
    Runbook book = open(REQUIRED, Map.of(), BOOK.replace("\"host/{{", "\"db/{{"));
    String run = fire(book, "a");
    assertThat(state(run, "restart"))
        .contains("'restart' of db/a (probe change=start a) would have been refused by scope");
  }

  @Test
  void promotionWhileARunWaits_countsForIt() {
    Runbook book = open(REQUIRED, takes("look", Duration.ofSeconds(30)), BOOK);
    String run = fire(book, "a");
    Object unused = promote(book);
    advance(Duration.ofSeconds(40));
    assertThat(stage.run(run).status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void fileThatChangesWhileARunWaits_leavesItsOwnVersionToIt() {
    Runbook book = open(REQUIRED, takes("look", Duration.ofSeconds(30)), BOOK);
    String run = fire(book, "a");
    Runbook changed = load(BOOK.replace("max: 9", "max: 8"));
    assertThatThrownBy(() -> desk.promote(word(book, "ben")).join())
        .cause()
        .isInstanceOf(OrderRefused.class)
        .hasMessageContaining("look at it again");
    Object unused = promote(changed);
    advance(Duration.ofSeconds(40));
    assertThat(intents(run)).isEmpty();
    assertThat(state(run, "restart")).contains("rehearsed");
  }

  @Test
  void withdrawalWhilePeopleAreAsked_voidsTheirYes() {
    Map<String, List<Stub>> fails =
        Map.of("restart.verify", List.of(new Stub(How.FAILED, "down", Map.of(), Duration.ZERO)));
    Runbook book = open(REQUIRED, fails, BOOK);
    Object unused = promote(book);
    String run = fire(book, "a");
    while (stage.openGates().isEmpty()) {
      assertThat(stage.advance(Optional.empty())).isTrue();
    }
    assertThat(intents(run)).hasSize(1);
    Gate gate = stage.openGates().getFirst();
    assertThat(desk.withdraw(word(book, "ana")).join().state())
        .isEqualTo(PromotionDesk.State.REHEARSING);
    stage.orders().approve(gate.id(), gate.planHash(), "cy", Set.of("team-ops"), "go").join();
    stage.settle();
    assertThat(intents(run)).hasSize(1);
    assertThat(state(run, "fail-over")).contains("rehearsed");
  }

  @Test
  void withdrawalWhileAChangeIsTriedAgain_letsItComeToItsEnd() {
    String retried =
        BOOK.replaceFirst(
            "idempotent: true", "idempotent: true\n    retry: {attempts: 2, cap: 1m}");
    Map<String, List<Stub>> stubs =
        Map.of(
            "restart",
            List.of(
                new Stub(How.FAILED, "busy", Map.of(), Duration.ZERO),
                new Stub(How.OK, "", Map.of(), Duration.ZERO)));
    Runbook book = open(REQUIRED, stubs, retried);
    Object unused = promote(book);
    String run = fire(book, "a");
    assertThat(intents(run)).hasSize(1);
    Object unusedToo = desk.withdraw(word(book, "ana")).join();
    advance(Duration.ofMinutes(2));
    assertThat(intents(run)).hasSize(2);
  }

  @Test
  void runThatBeganToRehearse_doesNotSkipToItsHarsherFix() {
    Runbook book =
        open(
            REQUIRED,
            Map.of(),
            BOOK.replace("approve: {by: [team-ops], four_eyes: true}", "cooldown: 1s"));
    String run = fire(book, "a");
    Object unused = promote(book);
    stage.orders().retry(run, "fail-over", BEN, "now").join();
    stage.settle();
    assertThat(intents(run)).isEmpty();
    assertThat(state(run, "fail-over")).contains("what comes before it was only rehearsed, too");
    stage.orders().retry(run, "restart", BEN, "now").join();
    stage.settle();
    assertThat(intents(run)).extracting(Intent::step).containsExactly("restart");
  }

  @Test
  void authorAndWhoIsNotNamed_mayNotPromote() {
    Runbook book =
        open(
            new PromotionSettings(true, List.of("team-ops", "ana"), List.of(), true),
            Map.of(),
            BOOK);
    assertThatThrownBy(() -> desk.promote(word(book, "ana")).join())
        .cause()
        .hasMessageContaining("ana wrote this version of 'book': somebody else");
    assertThatThrownBy(() -> desk.promote(word(book, "ben")).join())
        .cause()
        .hasMessageContaining("ben may not promote; promotion.by names team-ops, ana");
    PromotionDesk.Word right =
        new PromotionDesk.Word(
            "book", book.version().substring(0, 12), "ben", Set.of("team-ops"), "seen");
    assertThat(desk.promote(right).join().state()).isEqualTo(PromotionDesk.State.PROMOTED);
    assertThat(desk.promote(right).join().said()).isNotNull();
    assertThat(
            stage.<List<Promotion>>read(tx -> stage.database().promotions().history(tx, "book", 9)))
        .hasSize(1);
    assertThat(
            stage.<List<JournalEntry>>read(tx -> stage.database().journal().read(tx, "site", 0, 9)))
        .extracting(JournalEntry::kind)
        .containsExactly("runbook.promoted");
  }

  @Test
  void exceptedRunbook_needsNoPromotion() {
    Runbook book = open(REQUIRED, Map.of(), BOOK.replace("runbook: book", "runbook: trusted-book"));
    assertThat(desk.standing(book).state()).isEqualTo(PromotionDesk.State.FREE);
    assertThat(stage.run(fire(book, "a")).status()).isEqualTo(RunStatus.MITIGATED);
  }

  private static final String CALLER =
      """
      runbook: caller
      owner: team
      on:
        alert: alert.labels.alertname == 'X'
        incident: "x/{{alert.labels.host}}"
      remediate:
        - id: call
          target: "host/x"
          limit: {max: 9, per: 1h}
          steps:
            - id: it
              on_failure: continue
              runbook: {name: trusted-book, within: 1h}
              undo: null
          verify: {probe: {}}
        - id: harsh
          target: "host/x"
          limit: {max: 9, per: 1h}
          do:
            probe: {change: all}
          idempotent: true
          verify: {probe: {}}
          undo: null
      """;
  private static final String CALLED =
      """
      runbook: trusted-book
      owner: team
      remediate:
        - id: fix
          target: host/y
          limit: {max: 9, per: 1h}
          do:
            probe: {change: it}
          idempotent: true
          verify: {probe: {}}
          undo: null
      """;

  @Test
  void rehearsingRunbook_doesNotHaveAnotherOneMakeItsChanges() {
    Runbook caller = open(REQUIRED, Map.of(), CALLER);
    Object unused = load(CALLED);
    String run = fire(caller, "a");
    Run child = stage.run(String.valueOf(stage.run(run).step("call/it").output().get("run")));
    assertThat(intents(child.id())).isEmpty();
    assertThat(child.step("fix").state().toString())
        .contains("this version of 'caller' is not promoted");
    assertThat(state(run, "call")).contains("rehearsed");
    assertThat(intents(run)).isEmpty();
  }

  @Test
  void callerOfARunThatRehearses_rehearsesFromThere() {
    Runbook caller =
        open(REQUIRED, Map.of(), CALLER.replace("name: trusted-book", "name: new-book"));
    Object unused = load(CALLED.replace("trusted-book", "new-book"));
    Object promoted = promote(caller);
    String run = fire(caller, "a");
    assertThat(state(run, "call")).contains("rehearsed").contains("FAILED");
    assertThat(state(run, "harsh")).contains("what comes before it was only rehearsed, too");
    assertThat(intents(run)).isEmpty();
    assertThat(stage.run(run).why()).asString().contains("rehearsal: 'fix' would have");
  }

  @Test
  void fourEyes_keepOutWhoWroteTheVersion() {
    Map<String, List<Stub>> fails =
        Map.of("restart.verify", List.of(new Stub(How.FAILED, "down", Map.of(), Duration.ZERO)));
    Runbook book =
        open(PromotionSettings.USUAL, fails, BOOK.replace("author: ana", "author: [ana, eve]"));
    String run = fire(book, "a");
    while (stage.openGates().isEmpty()) {
      assertThat(stage.advance(Optional.empty())).isTrue();
    }
    Gate gate = stage.openGates().getFirst();
    for (String author : List.of("ana", "eve")) {
      assertThatThrownBy(
              () ->
                  stage
                      .orders()
                      .approve(gate.id(), gate.planHash(), author, Set.of("team-ops"), "go")
                      .join())
          .cause()
          .hasMessageContaining("wrote this version of the runbook, and it takes four eyes");
    }
    stage.orders().approve(gate.id(), gate.planHash(), "cy", Set.of("team-ops"), "go").join();
    stage.settle();
    assertThat(intents(run)).hasSize(2);
  }
}
