package dev.firebreak.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.OnCallDesks;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.store.Database;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowUpsTest {
  private static final Actor ANA = Actor.person("ana");
  private static final EscalationSettings CHAINS =
      new EscalationSettings(
          Map.of(
              "oncall",
              new Chain(
                  List.of(new Link(List.of("team-cache"), Duration.ofMinutes(5))),
                  0,
                  ZoneOffset.UTC,
                  Duration.ofMinutes(30))));

  private final SettableClock clock = new SettableClock();
  private final Ids ids = new Ids(clock);
  private final Database database = Database.inMemory("follow-" + UUID.randomUUID());
  private final FollowUps followUps = OnCallDesks.followUps(database, CHAINS, ids, clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void acknowledged_withoutAWord_asksAgain_andThenCallsTheChainAgain_andEnds() {
    acknowledge();
    pass(29);
    assertThat(kinds()).isEmpty();

    pass(1);
    assertThat(kinds()).containsExactly("incident.asked-again");
    assertThat(texts()).contains("asks ana (mail) again: nobody has said a word for 30m");
    assertThat(messages()).hasSize(1);

    pass(15);
    assertThat(kinds())
        .containsExactly("incident.asked-again", "incident.reopened", "escalation.called");
    assertThat(incident().status()).isEqualTo(Incident.Status.OPEN);
    assertThat(messages()).hasSize(2);

    pass(5);
    assertThat(kinds()).endsWith("escalation.exhausted");
    pass(600);
    assertThat(messages()).hasSize(2);
    assertThat(kinds()).hasSize(4);
  }

  @Test
  void aWord_keepsItFromBeingQuiet_andIsAnAnswer() {
    acknowledge();
    pass(20);
    say("note.added");
    pass(29);
    assertThat(kinds()).containsExactly("note.added");
    pass(1);
    assertThat(kinds()).endsWith("incident.asked-again");
    say("note.added");
    pass(15);
    assertThat(incident().status()).isEqualTo(Incident.Status.ACKNOWLEDGED);
    assertThat(kinds()).doesNotContain("incident.reopened");
  }

  @Test
  void look_again_asksNobodyTwice_andAResolvedIncidentNever() {
    acknowledge();
    pass(30);
    followUps.look();
    OnCallDesks.followUps(database, CHAINS, ids, clock).look();
    assertThat(messages()).hasSize(1);

    write(tx -> database.incidents().save(tx, incident.resolved("person:ana", clock.instant())));
    pass(600);
    assertThat(messages()).hasSize(1);
  }

  @Test
  void snooze_letsNobodyBeCalled_andThenAsks() {
    acknowledge();
    var unused = followUps.snooze("inc_1", Duration.ofHours(2), "vendor", ANA).join();
    pass(119);
    assertThat(kinds()).containsExactly("incident.snoozed");
    pass(1);
    assertThat(texts()).contains("asks ana (mail) again: the snooze is over");
  }

  @Test
  void snooze_ofACall_restsAndCallsTheSameLinkAgain() {
    Escalation call = open();
    var unused = followUps.snooze("inc_1", Duration.ofHours(1), "", ANA).join();
    clock.advance(Duration.ofMinutes(59));
    assertThat(advance(call).called()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(advance(call).called()).containsExactly("team-cache (mail)");
    assertThat(messages()).hasSize(2);
  }

  @Test
  void handOver_callsAndIsTakenByNobodyElse_orGoesBack() {
    acknowledge();
    var unused = followUps.handOver("inc_1", "bo", "my shift is over", ANA).join();
    assertThat(texts()).contains("ana hands it over to bo (mail): my shift is over");
    assertThat(database.ledger().<Boolean>read(tx -> followUps.handedTo(tx, "inc_1", "bo")))
        .isTrue();
    assertThat(database.ledger().<Boolean>read(tx -> followUps.handedTo(tx, "inc_1", "cy")))
        .isFalse();

    pass(15);
    assertThat(texts()).contains("asks ana (mail) again: bo did not take it over");
  }

  @Test
  void handOver_toNobody_isRefused() {
    acknowledge();
    assertThatThrownBy(() -> followUps.handOver("inc_1", "eve", "", ANA).join())
        .hasMessageContaining("'eve' is no person");
    assertThatThrownBy(() -> followUps.addResponder("inc_1", "eve", "", ANA).join())
        .hasMessageContaining("'eve' is no channel");
    assertThatThrownBy(() -> followUps.snooze("inc_1", Duration.ofDays(2), "", ANA).join())
        .hasMessageContaining("1m to 24h");
  }

  @Test
  void addResponder_callsBeside() {
    acknowledge();
    var unused = followUps.addResponder("inc_1", "cache-primary", "", ANA).join();
    assertThat(texts()).contains("ana asks cache-primary: ana (mail) to help");
    assertThat(messages()).hasSize(1);
  }

  private Incident incident =
      new Incident(
          "inc_1",
          "redis/cache-1",
          "Redis",
          null,
          "team-cache",
          Incident.Status.OPEN,
          clock.instant(),
          null,
          null,
          null,
          null);

  private Escalation open() {
    write(tx -> database.incidents().add(tx, incident));
    return database
        .ledger()
        .commit(
            tx ->
                chains().open(tx, "inc_1", "run_1", "escalate", "oncall", "down", clock.instant()))
        .join()
        .escalation();
  }

  private CallDesk.Opened advance(Escalation call) {
    return database
        .ledger()
        .commit(tx -> chains().advance(tx, call.id(), clock.instant()))
        .join()
        .orElseThrow();
  }

  private CallDesk chains() {
    return OnCallDesks.chains(database, CHAINS, ids);
  }

  /** The call itself is not what these tests look at. */
  private void acknowledge() {
    Escalation unused = open();
    incident = incident.acknowledged("ana", clock.instant());
    write(
        tx -> {
          database.incidents().save(tx, incident);
          new FollowUpCalls(chains(), followUps).acknowledge(tx, "inc_1", "ana", clock.instant());
        });
    first = messages().size();
  }

  private int first;

  private void pass(int minutes) {
    clock.advance(Duration.ofMinutes(minutes));
    followUps.look();
    write(tx -> {});
  }

  private void say(String kind) {
    write(
        tx ->
            database
                .journal()
                .append(
                    tx,
                    new JournalEntry.Note(
                        "inc_1", clock.instant(), "person:ana", kind, null, null, "t", Map.of())));
  }

  private void write(Consumer<Tx> work) {
    var unused =
        database
            .ledger()
            .commit(
                tx -> {
                  work.accept(tx);
                  return true;
                })
            .join();
  }

  private List<Outbox.Entry> messages() {
    List<Outbox.Entry> all =
        database.ledger().read(tx -> database.outbox().ofIncident(tx, "inc_1"));
    return all.subList(Math.min(first, all.size()), all.size());
  }

  private List<JournalEntry> journal() {
    return database.ledger().read(tx -> database.journal().read(tx, "inc_1", 0, 100));
  }

  private List<String> kinds() {
    return journal().stream().map(JournalEntry::kind).toList();
  }

  private List<String> texts() {
    return journal().stream().map(JournalEntry::text).toList();
  }

  private Incident incident() {
    return database.ledger().read(tx -> database.incidents().find(tx, "inc_1")).orElseThrow();
  }
}
