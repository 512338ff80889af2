package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static dev.firebreak.fixtures.Written.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Actor;
import dev.firebreak.expression.Template;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.Rung;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three fixes of one target in a row, or five of one runbook, that did not help are enough. */
class BreakersOnStageTest {
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          List.of("host/*"),
          new GuardSettings.Window(50, Duration.ofHours(1)),
          new GuardSettings.Window(100, Duration.ofHours(1)));
  private static final Stub STILL_DOWN =
      new Stub(How.FAILED, "still down", Map.of(), Duration.ZERO);
  private static final Stub UP = new Stub(How.OK, "", Map.of(), Duration.ZERO);

  @TempDir Path folder;
  private int fired;
  private final Map<String, List<Stub>> stubs = new HashMap<>();
  private Runbook book = book(null);

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  private static Runbook book(@Nullable Approve approve) {
    Rung rung =
        new Rung(
            "fix",
            "fix",
            null,
            List.of(new HostOfAlert()),
            null,
            Duration.ZERO,
            approve,
            new Call("fix", Map.of()),
            false,
            Retry.NONE,
            Duration.ofSeconds(60),
            null,
            verify(),
            null);
    return runbook(List.of(), List.of(rung), null, List.of());
  }

  private record HostOfAlert() implements Template {
    @Override
    public String render(Map<String, ?> model) {
      return model.get("alert") instanceof Map<?, ?> alert
              && alert.get("labels") instanceof Map<?, ?> labels
          ? "host/" + labels.get("host")
          : "";
    }

    @Override
    public String source() {
      return "host";
    }
  }

  private void open() {
    stage =
        new Stage(Database.inMemory(UUID.randomUUID().toString()), book, stubs, SETTINGS, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private void helps(boolean does) {
    stubs.put("fix.verify", List.of(does ? UP : STILL_DOWN));
  }

  private String begin(String host) {
    fired++;
    Alert alert =
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of("host", host),
            Map.of(),
            null,
            host + " broke",
            null);
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return run;
  }

  private Run fire(String host) {
    String run = begin(host);
    while (!stage.run(run).status().ended() && stage.advance(Optional.empty())) {
      assertThat(stage.openGates()).isEmpty();
    }
    return stage.run(run);
  }

  private void fail(String host, int times) {
    helps(false);
    for (int i = 0; i < times; i++) {
      assertThat(intents(fire(host).id())).hasSize(1);
    }
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

  private List<Breaker> breakers() {
    return stage.read(tx -> stage.database().breakers().open(tx));
  }

  private String why(Run run) {
    return run.step("fix").state().toString();
  }

  private List<String> pages() {
    List<String> pages = new ArrayList<>();
    for (Breaker breaker : stage.read(tx -> stage.database().breakers().history(tx, 99))) {
      stage
          .read(tx -> stage.database().outbox().ofIncident(tx, breaker.incidentId()))
          .forEach(entry -> pages.add(String.valueOf(entry.message().payload().get("text"))));
    }
    return pages;
  }

  private List<String> journal(String incident) {
    return stage.read(tx -> stage.database().journal().read(tx, incident, 0, 999)).stream()
        .map(entry -> entry.kind())
        .toList();
  }

  @Test
  void threeFixesInARowThatDidNotHelp_openIt_andOnePageGoesOut() {
    open();
    fail("a", 2);
    assertThat(breakers()).isEmpty();
    fail("a", 1);
    Breaker breaker = breakers().getFirst();
    assertThat(breaker.kind()).isEqualTo(Breaker.Kind.TARGET);
    assertThat(breaker.subject()).isEqualTo("host/a");
    Run refused = fire("a");
    assertThat(intents(refused.id())).isEmpty();
    assertThat(why(refused))
        .contains("breaker-open")
        .contains("the runbook 'book' on 'host/a' is open since 2026-")
        .contains("3 of its fixes in a row were not proven")
        .contains("one change is tried after 2026-")
        .contains("DELETE /api/v1/breakers/" + breaker.id());
    fire("a");
    assertThat(pages()).hasSize(1).first().asString().contains("'host/a' is open: 3 of its");
    assertThat(journal(breaker.incidentId())).contains("breaker.opened");
    assertThat(journal(refused.incidentId())).contains("guard.denied");
  }

  @Test
  void otherTargets_areStillFixed() {
    open();
    fail("a", 3);
    helps(true);
    assertThat(fire("b").status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void proofBetween_beginsAnew() {
    open();
    fail("a", 2);
    helps(true);
    assertThat(fire("a").status()).isEqualTo(RunStatus.MITIGATED);
    fail("a", 2);
    assertThat(breakers()).isEmpty();
    fail("a", 1);
    assertThat(breakers()).hasSize(1);
  }

  @Test
  void fiveOfOneRunbookOnWhateverTarget_stopTheWholeRunbook() {
    open();
    for (String host : List.of("a", "b", "c", "d", "e")) {
      fail(host, 1);
    }
    assertThat(breakers()).extracting(Breaker::kind).containsExactly(Breaker.Kind.RUNBOOK);
    assertThat(why(fire("f"))).contains("breaker-open").contains("the runbook 'book' is open");
    assertThat(pages()).hasSize(1);
  }

  @Test
  void failuresLongAgo_doNotCount() {
    open();
    fail("a", 2);
    advance(Duration.ofHours(25));
    fail("a", 2);
    assertThat(breakers()).isEmpty();
  }

  @Test
  void actionThatFails_countsAsMuchAsAProofThatDoes() {
    stubs.put("fix", List.of(STILL_DOWN));
    open();
    fail("a", 3);
    assertThat(breakers()).hasSize(1);
  }

  @Test
  void afterItsRest_oneIsTried_andAProofClosesIt() {
    open();
    fail("a", 3);
    advance(Duration.ofMinutes(61));
    helps(true);
    Run tried = fire("a");
    assertThat(tried.status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(breakers()).isEmpty();
    assertThat(journal(tried.incidentId())).contains("breaker.closed");
    assertThat(fire("a").status()).isEqualTo(RunStatus.MITIGATED);
  }

  @Test
  void trialThatDoesNotHelp_restsAgain_andPagesNobodyAgain() {
    open();
    fail("a", 3);
    advance(Duration.ofMinutes(61));
    fail("a", 1);
    Run refused = fire("a");
    assertThat(intents(refused.id())).isEmpty();
    assertThat(pages()).hasSize(1);
    advance(Duration.ofMinutes(61));
    assertThat(intents(fire("a").id())).hasSize(1);
  }

  @Test
  void whileOneIsTried_allOthersAreRefused() {
    open();
    for (String host : List.of("a", "b", "c", "d", "e")) {
      fail(host, 1);
    }
    advance(Duration.ofMinutes(61));
    stubs.put("fix", List.of(new Stub(How.OK, "", Map.of(), Duration.ofSeconds(40))));
    helps(true);
    String tried = begin("a");
    String other = begin("b");
    assertThat(intents(tried)).hasSize(1);
    assertThat(intents(other)).isEmpty();
    assertThat(why(stage.run(other))).contains(tried + " is trying it on 'host/a'");
    advance(Duration.ofMinutes(2));
    assertThat(stage.run(tried).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(breakers()).isEmpty();
  }

  @Test
  void questionThatNobodyAnswered_isNoTrial() {
    open();
    fail("a", 3);
    advance(Duration.ofMinutes(61));
    Approve approve =
        new Approve(
            null,
            List.of("ana"),
            1,
            Duration.ofMinutes(15),
            Duration.ZERO,
            false,
            List.of(),
            List.of());
    stage.close();
    book = book(approve);
    fired = 0;
    open();
    helps(false);
    for (int i = 0; i < 3; i++) {
      String run = begin("a");
      approve();
      advance(Duration.ofMinutes(1));
      assertThat(intents(run)).hasSize(1);
    }
    advance(Duration.ofMinutes(61));
    String asks = begin("a");
    assertThat(stage.openGates()).hasSize(1);
    assertThat(breakers().getFirst().trial()).isNull();
    advance(Duration.ofMinutes(20));
    assertThat(stage.run(asks).status().ended()).isTrue();
    helps(true);
    String next = begin("a");
    approve();
    advance(Duration.ofMinutes(1));
    assertThat(stage.run(next).status()).isEqualTo(RunStatus.MITIGATED);
  }

  private void approve() {
    Gate gate = stage.openGates().getFirst();
    stage.orders().approve(gate.id(), gate.planHash(), "ana", Set.of(), "go").join();
    stage.settle();
  }

  @Test
  void cancelledTrial_leavesItToTheNext() {
    open();
    fail("a", 3);
    advance(Duration.ofMinutes(61));
    stubs.put("fix", List.of(new Stub(How.OK, "", Map.of(), Duration.ofSeconds(40))));
    String tried = begin("a");
    assertThat(breakers().getFirst().trial()).isNotNull();
    stage.orders().cancel(tried, Actor.person("ana"), "no").join();
    advance(Duration.ofMinutes(2));
    assertThat(stage.run(tried).status().ended()).isTrue();
    assertThat(breakers().getFirst().trial()).isNull();
    helps(true);
    String next = begin("a");
    advance(Duration.ofMinutes(2));
    assertThat(stage.run(next).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(breakers()).isEmpty();
  }

  @Test
  void closedByAHuman_isOpenOnlyAfterAsManyAnew() {
    open();
    fail("a", 3);
    Breaker breaker = breakers().getFirst();
    stage.write(
        tx -> {
          stage.database().breakers().helped(tx, "book", List.of("host/a"));
          return stage
              .database()
              .breakers()
              .close(
                  tx,
                  breaker.id(),
                  new Breaker.End("person:ana", stage.time().instant(), "the disk was swapped"));
        });
    fail("a", 1);
    assertThat(breakers()).isEmpty();
  }
}
