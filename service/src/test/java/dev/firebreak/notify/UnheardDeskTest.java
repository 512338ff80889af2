package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.channel.Channels;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import dev.firebreak.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnheardDeskTest {
  private final SettableClock clock = new SettableClock();
  private final Database database = Database.inMemory("unheard");
  private final UnheardDesk desk = desk(List.of("mail", "#cache", "console"));

  @BeforeEach
  void open() {
    commit(
        tx -> {
          database
              .incidents()
              .add(
                  tx,
                  new Incident(
                      "inc_1",
                      "k",
                      "t",
                      null,
                      "team",
                      Incident.Status.OPEN,
                      clock.instant(),
                      null,
                      null,
                      null,
                      null));
          return true;
        });
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void failed_withinAMinute_isNoAlarm_laterIsOne_andOneOnly() {
    Outbox.Entry entry = entry("notify", "k", List.of("mail"));
    Instant now = clock.instant();

    commit(tx -> failed(tx, entry, now.plusSeconds(59), now.plusSeconds(30)));
    assertThat(unheard()).isEmpty();
    commit(tx -> failed(tx, entry, now.plusSeconds(60), now.plusSeconds(31)));
    commit(tx -> failed(tx, entry, now.plusSeconds(90), now.plusSeconds(60)));
    commit(tx -> givenUp(tx, entry));

    assertThat(unheard()).hasSize(1);
    assertThat(alarms())
        .singleElement()
        .satisfies(
            message ->
                assertThat(NotifyMessage.read(message).channels())
                    .containsExactly("#cache", "console"));
  }

  @Test
  void givenUp_ofATicket_isAnAlarmToo_aTicketThatIsLateIsNone() {
    Outbox.Entry entry = entry("ticket", "t1", List.of());
    Instant later = clock.instant().plus(Duration.ofHours(1));
    commit(tx -> failed(tx, entry, later, later));
    assertThat(unheard()).isEmpty();

    commit(tx -> givenUp(tx, entry));

    assertThat(unheard()).singleElement().extracting(Unheard::what).isEqualTo("a message (ticket)");
    assertThat(alarms()).hasSize(1);
  }

  @Test
  void alarm_thatNobodyReceives_raisesNoOther() {
    commit(tx -> givenUp(tx, entry("notify", "k", List.of("mail"))));
    commit(tx -> givenUp(tx, entry("notify", "unheard/k", List.of("#cache", "console"))));

    assertThat(unheard()).hasSize(1);
    assertThat(alarms()).hasSize(1);
  }

  @Test
  void alarm_withoutAnotherChannel_isStillKept() {
    commit(
        tx -> {
          desk(List.of("mail")).givenUp(tx, entry("notify", "k", List.of("mail")), "down", now());
          return true;
        });

    assertThat(unheard()).hasSize(1);
    assertThat(alarms()).isEmpty();
    assertThat(journal()).anyMatch(text -> text.contains("no other channel can be told"));
  }

  @Test
  void seen_endsIt_once_andIsOnTheRecord() {
    commit(tx -> givenUp(tx, entry("notify", "k", List.of("mail"))));
    String id = unheard().getFirst().id();

    assertThat(commit(tx -> desk.seen(tx, id, Actor.person("ana"), now())).booleanValue()).isTrue();
    assertThat(commit(tx -> desk.seen(tx, id, Actor.person("bo"), now())).booleanValue()).isFalse();

    assertThat(unheard()).isEmpty();
    assertThat(journal()).anyMatch(text -> text.endsWith("seen by ana"));
  }

  @Test
  void alarms_thatNameNoChannel_areRefusedAtTheStart() {
    Channels channels = new Channels(List.of(new Recording("mail")));

    assertThat(UnheardDesk.problems(List.of("mail"), channels)).isEmpty();
    assertThat(UnheardDesk.problems(List.of("mial"), channels))
        .singleElement()
        .asString()
        .contains("alarms: there is no channel 'mial'", "did you mean 'mail'?");
  }

  private UnheardDesk desk(List<String> alarms) {
    return new UnheardDesk(
        database.unheard(),
        database.outbox(),
        database.journal(),
        List.of(),
        new Ids(clock),
        alarms);
  }

  private boolean failed(Tx tx, Outbox.Entry entry, Instant next, Instant at) {
    desk.failed(tx, entry, "channel 'mail': is down", next, at);
    return true;
  }

  private boolean givenUp(Tx tx, Outbox.Entry entry) {
    desk.givenUp(tx, entry, "channel 'mail': is down", now());
    return true;
  }

  private Outbox.Entry entry(String kind, String key, List<String> channels) {
    return new Outbox.Entry(
        new Message(kind, key, Map.of("channels", channels)),
        "inc_1",
        clock.instant(),
        0,
        null,
        null,
        null,
        null);
  }

  private List<Unheard> unheard() {
    return commit(tx -> database.unheard().open(tx, 10));
  }

  private List<Message> alarms() {
    return commit(
        tx ->
            database.outbox().ofIncident(tx, "inc_1").stream().map(Outbox.Entry::message).toList());
  }

  private List<String> journal() {
    return commit(
        tx ->
            database.journal().read(tx, "inc_1", 0, 100).stream()
                .map(line -> String.valueOf(line.text()))
                .toList());
  }

  private Instant now() {
    return clock.instant();
  }

  private <T> T commit(Function<Tx, T> work) {
    return database.ledger().commit(work).join();
  }
}
