package dev.firebreak.intake;

import static dev.firebreak.intake.IntakeBench.firing;
import static dev.firebreak.intake.IntakeBench.group;
import static dev.firebreak.intake.IntakeBench.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.Delivery.Outcome;
import dev.firebreak.alert.Delivery.Result;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Actor;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.fixtures.Payloads;
import dev.firebreak.run.Incident;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final String ANY = "alert.status == 'firing'";
  private static final String T1 = "2026-11-22T11:00:00Z";
  private static final String T2 = "2026-11-22T11:30:00Z";
  private static final String T3 = "2026-11-22T11:45:00Z";

  private final IntakeBench bench = new IntakeBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static List<Result> results(Delivery delivery) {
    return delivery.outcomes().stream().map(Outcome::result).toList();
  }

  private static Outcome only(Delivery delivery) {
    assertThat(delivery.outcomes()).hasSize(1);
    return delivery.outcomes().getFirst();
  }

  @Test
  void capturedGroup_firingMixedResolved_startsOnceAndEndsOnce() {
    bench.runbook("down", ANY, "{{alert.labels.instance}}");

    Delivery first = bench.captured("02_");
    assertThat(results(first)).containsOnly(Result.STARTED).hasSize(5);
    assertThat(bench.incidents()).hasSize(5);

    Delivery mixed = bench.captured("17_");
    assertThat(results(mixed))
        .containsExactly(
            Result.DUPLICATE, Result.DUPLICATE, Result.DUPLICATE, Result.RESOLVED, Result.RESOLVED);
    assertThat(bench.engine.calmed).hasSize(2);

    Delivery last = bench.captured("21_");
    assertThat(results(last))
        .containsExactly(
            Result.RESOLVED, Result.RESOLVED, Result.RESOLVED, Result.DUPLICATE, Result.DUPLICATE);
    assertThat(bench.engine.calmed).hasSize(5).doesNotHaveDuplicates();
    assertThat(bench.engine.started).hasSize(5);
  }

  @Test
  void capturedGroup_sameAlertsInOtherGroups_startNothingTwice() {
    bench.runbook("down", ANY, "{{alert.labels.instance}}");
    Delivery first = bench.captured("02_");

    for (String other : List.of("03_", "04_", "05_", "06_", "11_", "12_", "13_", "25_", "26_")) {
      Delivery again = bench.captured(other);
      assertThat(results(again)).as(other).containsOnly(Result.DUPLICATE);
      assertThat(again.outcomes().getFirst().runs()).hasSize(1);
    }

    assertThat(bench.engine.started).hasSize(5);
    assertThat(bench.alert(first.outcomes().getFirst().fingerprint(), "2026-11-22T03:59:00.084Z"))
        .satisfies(alert -> assertThat(alert.deliveries()).isGreaterThanOrEqualTo(9));
  }

  @Test
  void capturedPair_ofTwinAlertmanagers_isOneRun() {
    bench.runbook("ha", ANY, "ha");

    Outcome first = only(bench.captured("30_ha_duplicate_1"));
    Outcome second = only(bench.captured("30_ha_duplicate_2"));

    assertThat(first.result()).isEqualTo(Result.STARTED);
    assertThat(second.result()).isEqualTo(Result.DUPLICATE);
    assertThat(second.runs()).isEqualTo(first.runs());
    assertThat(second.incident()).isEqualTo(first.incident());
    assertThat(bench.engine.started).hasSize(1);
  }

  @Test
  void sameKey_secondAlert_joinsIncidentAndRun() {
    bench.runbook("down", ANY, "one");

    Delivery delivery = bench.captured("02_");

    assertThat(results(delivery))
        .containsExactly(
            Result.STARTED, Result.JOINED, Result.JOINED, Result.JOINED, Result.JOINED);
    assertThat(delivery.outcomes())
        .extracting(Outcome::incident)
        .containsOnly(bench.incidents().getFirst().id());
    assertThat(delivery.outcomes())
        .extracting(Outcome::runs)
        .containsOnly(delivery.outcomes().getFirst().runs());
    assertThat(bench.engine.started).containsExactly("down for one by source:am");
    assertThat(bench.engine.calmed).isEmpty();

    bench.captured("17_");
    assertThat(bench.engine.calmed).isEmpty();
    bench.captured("21_");
    assertThat(bench.engine.calmed).containsExactly(bench.incidents().getFirst().id());
  }

  @Test
  void opened_incidentHasTheAlertsFactsAndARecord() {
    bench.runbook("down", ANY, "{{alert.labels.instance}}");

    Outcome outcome = bench.captured("02_").outcomes().getFirst();

    Incident incident =
        bench.read(
            tx ->
                bench
                    .database
                    .incidents()
                    .find(tx, String.valueOf(outcome.incident()))
                    .orElseThrow());
    assertThat(incident.key()).isEqualTo("127.0.0.1:19995");
    assertThat(incident.owner()).isEqualTo("team-a");
    assertThat(incident.severity()).isEqualTo("critical");
    assertThat(incident.title()).isEqualTo("127.0.0.1:19995 of gone down");
    assertThat(bench.journal(incident.id()))
        .containsExactly("delivery.received", "incident.opened", "alert.firing");
    assertThat(bench.told).hasSize(5);
  }

  @Test
  void unmatched_receiptSaysWhyForEachRunbook() {
    bench
        .runbook("other", "alert.labels.alertname == 'Else'", "k")
        .runbook("asks-too-much", "alert.labels.rack == 'r1'", "k")
        .runbook("no-key", ANY, "{{alert.labels.rack}}")
        .runbook("blank-key", ANY, " {{alert.ends_at}} ");

    Outcome outcome = only(bench.post(group("firing", "g", 0, firing("A", T1))));

    assertThat(outcome.result()).isEqualTo(Result.UNMATCHED);
    assertThat(outcome.incident()).isNull();
    assertThat(outcome.reasons().get("other")).isEqualTo("its condition is not met");
    assertThat(outcome.reasons().get("asks-too-much"))
        .startsWith("its condition cannot be answered: ")
        .contains("rack");
    assertThat(outcome.reasons().get("no-key"))
        .startsWith("its incident key cannot be written: ")
        .contains("rack");
    assertThat(outcome.reasons().get("blank-key")).contains("blank");
    assertThat(bench.engine.started).isEmpty();
    assertThat(bench.incidents()).isEmpty();
  }

  @Test
  void severalRunbooks_eachStartsItsOwnRun() {
    bench.runbook("a", ANY, "k").runbook("b", ANY, "k").runbook("c", "false", "k");

    Outcome outcome = only(bench.post(group("firing", "g", 0, firing("A", T1))));

    assertThat(outcome.result()).isEqualTo(Result.STARTED);
    assertThat(outcome.runs()).hasSize(2);
    assertThat(bench.engine.started)
        .containsExactly("a for k by source:am", "b for k by source:am");
    assertThat(bench.incidents()).hasSize(1);
    assertThat(outcome.reasons()).containsOnlyKeys("c");
  }

  @Test
  void severalKeys_alertBelongsToEveryIncident_andCalmsEach() {
    bench.runbook("a", ANY, "host/{{alert.labels.host}}");
    bench.runbook("b", ANY, "name/{{alert.labels.alertname}}");

    Outcome first = only(bench.post(group("firing", "g", 0, firing("A", T1))));
    bench.post(group("firing", "g", 0, firing("B", T1)));
    assertThat(first.runs()).hasSize(2);
    assertThat(bench.incidents()).hasSize(3);

    bench.post(group("resolved", "g", 0, resolved("A", T1, T2)));
    assertThat(bench.engine.calmed).containsExactly(incident("name/A").id());
    assertThat(bench.journal(incident("name/A").id())).endsWith("alert.resolved");

    bench.post(group("resolved", "g", 0, resolved("B", T1, T2)));
    assertThat(bench.engine.calmed)
        .containsExactly(
            incident("name/A").id(), incident("host/db1").id(), incident("name/B").id());
    assertThat(
            bench.<List<StoredAlert>>read(
                tx -> bench.database.alerts().ofIncident(tx, incident("name/B").id())))
        .hasSize(1);
  }

  private Incident incident(String key) {
    return bench.told.stream().filter(it -> it.key().equals(key)).findFirst().orElseThrow();
  }

  @Test
  void resolveBeforeFiring_lateFiringIsStale_newStartStartsAnew() {
    bench.runbook("a", ANY, "k");

    Outcome early = only(bench.post(group("resolved", "g", 0, resolved("A", T1, T2))));
    Outcome late = only(bench.post(group("firing", "g", 0, firing("A", T1))));
    Outcome anew = only(bench.post(group("firing", "g", 0, firing("A", T3))));

    assertThat(early.result()).isEqualTo(Result.STALE);
    assertThat(late.result()).isEqualTo(Result.STALE);
    assertThat(anew.result()).isEqualTo(Result.STARTED);
    assertThat(bench.engine.started).hasSize(1);
  }

  @Test
  void firingAfterItsResolve_startsNothing() {
    bench.runbook("a", ANY, "k");
    bench.post(group("firing", "g", 0, firing("A", T1)));
    bench.post(group("resolved", "g", 0, resolved("A", T1, T2)));

    Outcome late = only(bench.post(group("firing", "g", 0, firing("A", T1))));

    assertThat(late.result()).isEqualTo(Result.STALE);
    assertThat(late.reasons()).containsKey("alert");
    assertThat(bench.alert("A", T1).alert().status()).isEqualTo(Alert.Status.RESOLVED);
    assertThat(bench.engine.started).hasSize(1);
  }

  @Test
  void newStartWhileTheOldFires_endsTheOldAndJoins() {
    bench.runbook("a", ANY, "k");
    Outcome first = only(bench.post(group("firing", "g", 0, firing("A", T1))));

    Outcome second = only(bench.post(group("firing", "g", 0, firing("A", T2))));

    assertThat(second.result()).isEqualTo(Result.JOINED);
    assertThat(second.runs()).isEqualTo(first.runs());
    assertThat(bench.alert("A", T1).alert().status()).isEqualTo(Alert.Status.RESOLVED);
    assertThat(bench.engine.calmed).isEmpty();

    bench.post(group("resolved", "g", 0, resolved("A", T2, T3)));
    assertThat(bench.engine.calmed).containsExactly(first.incident());
  }

  @Test
  void resolveOfAnOlderStart_endsTheFiringItCovers() {
    bench.runbook("a", ANY, "k");
    bench.post(group("firing", "g", 0, firing("A", T2)));

    Outcome ended = only(bench.post(group("resolved", "g", 0, resolved("A", T1, T3))));

    assertThat(ended.result()).isEqualTo(Result.RESOLVED);
    assertThat(bench.alert("A", T2).alert().status()).isEqualTo(Alert.Status.RESOLVED);
    assertThat(bench.engine.calmed).hasSize(1);
  }

  @Test
  void oldResolveSentAgain_leavesTheNewFiringAlone() {
    bench.runbook("a", ANY, "k");
    bench.post(group("firing", "g", 0, firing("A", T1)));
    bench.post(group("resolved", "g", 0, resolved("A", T1, T2)));
    bench.post(group("firing", "g", 0, firing("A", T3)));

    Outcome again = only(bench.post(group("resolved", "g", 0, resolved("A", T1, T2))));

    assertThat(again.result()).isEqualTo(Result.DUPLICATE);
    assertThat(bench.alert("A", T3).alert().status()).isEqualTo(Alert.Status.FIRING);
  }

  @Test
  void truncatedGroup_absenceMeansNothing_untilTheGroupIsResolved() {
    bench.runbook("a", ANY, "{{alert.labels.alertname}}");
    bench.post(group("firing", "g", 0, firing("A", T1), firing("B", T1), firing("C", T1)));
    bench.post(group("firing", "other", 0, firing("D", T1)));

    Delivery truncated = bench.post(group("firing", "g", 2, firing("A", T1)));
    assertThat(truncated.notes()).anySatisfy(note -> assertThat(note).contains("left out 2"));
    assertThat(bench.engine.calmed).isEmpty();

    Delivery over = bench.post(group("resolved", "g", 2, resolved("A", T1, T2)));
    assertThat(bench.engine.calmed).hasSize(3);
    assertThat(over.notes()).anySatisfy(note -> assertThat(note).contains("2 earlier alerts"));
    assertThat(bench.alert("D", T1).alert().status()).isEqualTo(Alert.Status.FIRING);
  }

  @Test
  void truncatedGroupResolved_leavesWhatBeganLaterAlone() {
    bench.runbook("a", ANY, "{{alert.labels.alertname}}");
    bench.post(group("firing", "g", 0, firing("A", T1), firing("B", T3)));

    bench.post(group("resolved", "g", 1, resolved("A", T1, T2)));

    assertThat(bench.alert("B", T3).alert().status()).isEqualTo(Alert.Status.FIRING);
  }

  @Test
  void wholeGroupResolved_membersThatAreMissing_goOnFiring() {
    bench.runbook("a", ANY, "{{alert.labels.alertname}}");
    bench.post(group("firing", "g", 0, firing("A", T1), firing("B", T1)));

    bench.post(group("resolved", "g", 0, resolved("A", T1, T2)));

    assertThat(bench.alert("B", T1).alert().status()).isEqualTo(Alert.Status.FIRING);
  }

  @Test
  void truncatedFiring_isOnTheIncidentsRecord() {
    bench.runbook("a", ANY, "k");
    Outcome outcome = only(bench.post(group("firing", "g", 7, firing("A", T1))));

    String text =
        bench.read(
            tx ->
                bench
                    .database
                    .journal()
                    .read(tx, String.valueOf(outcome.incident()), 0, 1)
                    .getFirst()
                    .text());
    assertThat(text).contains("left out 7 more");
  }

  @Test
  void oneBadAlertAmongGoodOnes_isSetAside() {
    bench.runbook("a", ANY, "{{alert.labels.alertname}}");

    Delivery delivery =
        bench.post(group("firing", "g", 0, firing("A", T1), "{\"labels\":7}", firing("B", T1)));

    assertThat(results(delivery))
        .containsExactly(Result.STARTED, Result.QUARANTINED, Result.STARTED);
    assertThat(delivery.outcomes().get(1).reasons().get("alert"))
        .isEqualTo("alerts[1]: labels must be an object, not a number");
    assertThat(delivery.notes()).containsExactly("quarantined: 1 of 3 alerts could not be read");
  }

  @Test
  void onlyBadAlerts_areRefusedAndNothingIsStored() {
    assertThatThrownBy(() -> bench.post(group("firing", "g", 0, "{\"labels\":7}", "8")))
        .cause()
        .isInstanceOfSatisfying(
            IntakeRefused.class, e -> assertThat(e.kind()).isEqualTo(IntakeRefused.Kind.UNREADABLE))
        .hasMessageContaining("alerts[0]: labels must be");
    assertThat(
            bench.<Integer>read(tx -> bench.database.deliveries().list(tx, null, null, 9).size()))
        .isZero();
  }

  @Test
  void causeInTheHeader_isWrittenIntoEachAlert_thatSaysNoneItself() {
    bench.runbook("a", ANY, "k");
    Post post =
        new Post(
            "am",
            Headers.of(Map.of("firebreak-cause", List.of("run_1;depth=1;via=b"))),
            "application/json",
            group("firing", "g", 0, firing("A", T1)).getBytes(StandardCharsets.UTF_8),
            true);
    Object unused = bench.intake.receive(post).join();
    assertThat(bench.alert("A", T1).alert().annotations())
        .containsEntry("firebreak_cause", "run_1;depth=1;via=b");
  }

  @Test
  void tenThousandCopies_areOneRunAndAShortRecord() {
    bench.runbook("a", ANY, "k");
    Post post =
        new Post(
            "am",
            Headers.NONE,
            "application/json",
            group("firing", "g", 0, firing("A", T1)).getBytes(StandardCharsets.UTF_8),
            true);
    List<CompletableFuture<Delivery>> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(bench.intake.receive(post));
      if (i % 500 == 499) {
        all.forEach(CompletableFuture::join);
      }
    }
    all.forEach(CompletableFuture::join);

    assertThat(bench.engine.started).hasSize(1);
    assertThat(bench.alert("A", T1).deliveries()).isEqualTo(10_000);
    assertThat(bench.journal(bench.incidents().getFirst().id())).hasSizeLessThan(15);
  }

  @Test
  void twoThousandAlerts_areOneSumOnTheRecord() {
    bench.runbook("a", ANY, "one");

    Delivery delivery = bench.captured("28_");

    assertThat(delivery.outcomes()).hasSize(2000);
    assertThat(bench.engine.started).hasSize(1);
    assertThat(bench.journal(bench.incidents().getFirst().id())).hasSizeLessThan(30);
  }

  @Test
  void unmatchedThenWanted_replayStartsIt_onceOnly() {
    Delivery unmatched = bench.post(group("firing", "g", 0, firing("A", T1)));
    bench.runbook("new", ANY, "k");

    Delivery replayed = bench.intake.replay(unmatched.id(), Actor.person("ana")).join();
    Delivery twice = bench.intake.replay(unmatched.id(), Actor.person("ana")).join();

    assertThat(only(replayed).result()).isEqualTo(Result.STARTED);
    assertThat(replayed.replayOf()).isEqualTo(unmatched.id());
    assertThat(bench.engine.started).containsExactly("new for k by person:ana");
    assertThat(only(twice).result()).isEqualTo(Result.DUPLICATE);
  }

  @Test
  void replay_ofNothing_isRefused() {
    assertThatThrownBy(() -> bench.intake.replay("dlv_0", Actor.person("ana")).join())
        .cause()
        .isInstanceOfSatisfying(
            IntakeRefused.class,
            e -> assertThat(e.kind()).isEqualTo(IntakeRefused.Kind.UNKNOWN_DELIVERY));
  }

  @Test
  void noStartSaid_repeatsAreOne_resolveEndsIt_nextStartsAnew() {
    bench.runbook("a", ANY, "{{alert.fingerprint}}");
    String down = "{\"id\":\"x\",\"state\":\"firing\"}";
    String up = "{\"id\":\"x\",\"state\":\"resolved\"}";

    List<Result> results = new ArrayList<>();
    for (String body : List.of(up, down, down, up, up, down)) {
      bench.clock.advance(Duration.ofSeconds(1));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      results.add(only(bench.post("plain", bytes)).result());
    }

    assertThat(results)
        .containsExactly(
            Result.STALE,
            Result.STARTED,
            Result.DUPLICATE,
            Result.RESOLVED,
            Result.STALE,
            Result.JOINED);
  }

  @Test
  void noStartSaid_twoOutagesInOneMillisecond_areTwoAlerts() {
    bench.runbook("a", ANY, "{{alert.fingerprint}}");
    for (String state : List.of("firing", "resolved", "firing")) {
      String body = "{\"id\":\"x\",\"state\":\"" + state + "\"}";
      bench.post("plain", body.getBytes(StandardCharsets.UTF_8));
    }
    String incident = bench.incidents().getFirst().id();
    List<StoredAlert> alerts = bench.read(tx -> bench.database.alerts().ofIncident(tx, incident));

    assertThat(alerts).hasSize(2);
  }

  @Test
  void storeDown_failsAndNothingStarts() {
    MemoryLedger ledger = new MemoryLedger();
    ledger.down(true);
    try (IntakeBench down = new IntakeBench(ledger)) {
      down.runbook("a", ANY, "k");
      assertThatThrownBy(() -> down.captured("30_ha_duplicate_1"))
          .hasCauseInstanceOf(StoreUnavailable.class);
      assertThat(down.engine.started).isEmpty();
    }
  }

  @Test
  void delivery_isKeptByteForByte() {
    byte[] body = Payloads.of("alertmanager-captured", "14_");
    Delivery delivery = bench.post("am", body);

    Delivery kept =
        bench.read(tx -> bench.database.deliveries().find(tx, delivery.id()).orElseThrow());
    assertThat(kept.body()).isEqualTo(body);
    assertThat(kept.outcomes()).isEqualTo(delivery.outcomes());
  }
}
