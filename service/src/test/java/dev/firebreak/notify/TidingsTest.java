package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Feedback;
import dev.firebreak.channel.Following;
import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.run.Incident;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TidingsTest {
  private final SettableClock clock = new SettableClock();
  private final Database database = Database.inMemory("tidings");
  private final Pager pager = new Pager("pagerduty");
  private final Recording mail = new Recording("mail");
  private final Channels channels = new Channels(List.of(pager, mail, new Pager("other")));
  private final Incident open =
      new Incident(
          "inc_1",
          "redis/cache-1",
          "Redis does not answer",
          "critical",
          "team-cache",
          Incident.Status.OPEN,
          clock.instant(),
          null,
          null,
          null,
          null);

  @BeforeEach
  void tellOnce() {
    commit(
        tx -> {
          database.incidents().add(tx, open);
          database
              .outbox()
              .add(
                  tx,
                  new Message(
                      "notify",
                      "k",
                      Map.of(
                          "incident",
                          "inc_1",
                          "channels",
                          List.of("pagerduty", "mail"),
                          "text",
                          "t")),
                  "inc_1",
                  clock.instant());
          return true;
        });
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void acknowledged_thePagerThatWasTold_hearsIt_andNobodyElse() {
    List<Message> told = of(open.acknowledged("ana", clock.instant()));

    assertThat(told)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(NotifyMessage.read(message).channels()).containsExactly("pagerduty");
              assertThat(carry(message)).isEqualTo("pagerduty: ok");
            });
    assertThat(pager.sent.getLast().matter())
        .isEqualTo(new Matter("critical", Matter.Stage.ACKNOWLEDGED));
    assertThat(pager.sent.getLast().thread()).isEqualTo("inc_1");
  }

  @Test
  void done_inThePager_isNotToldToItAgain() {
    String there = Tidings.actor("pagerduty", "eva");

    assertThat(of(open.acknowledged(there, clock.instant()))).isEmpty();
    assertThat(of(open.resolved("machine:" + there, clock.instant()))).isEmpty();
    assertThat(of(open.resolved("machine:other: eva", clock.instant()))).hasSize(1);
  }

  @Test
  void resolved_byItself_isToldOnce_andLateNewsOpensNothingAgain() {
    List<Message> told = of(open.resolved("system:firebreak", clock.instant()));
    assertThat(told).hasSize(1);
    commit(
        tx -> {
          database.incidents().save(tx, open.resolved("system:firebreak", clock.instant()));
          return true;
        });

    assertThat(carry(told.getFirst())).isEqualTo("pagerduty: ok");
    assertThat(
            carry(
                new Message(
                    "notify",
                    "late",
                    Map.of("incident", "inc_1", "channel", "pagerduty", "text", "still down"))))
        .isEqualTo("pagerduty: ok");
    assertThat(pager.sent)
        .hasSize(2)
        .allSatisfy(notice -> assertThat(notice.matter().stage()).isEqualTo(Matter.Stage.RESOLVED));
  }

  @Test
  void open_orWithoutPagers_hasNothingToTell() {
    assertThat(of(open)).isEmpty();
    Channels plain = new Channels(List.of(mail));
    List<Message> told =
        commit(
            tx ->
                new Tidings(plain, database.outbox()).of(tx, open.resolved("x", clock.instant())));
    assertThat(told).isEmpty();
  }

  private String carry(Message message) {
    NoticeFacts facts =
        new IncidentFacts(
            database.ledger(),
            database.incidents(),
            database.runs(),
            TicketLinks.NONE,
            "https://fb.example.com");
    return new NotifyCourier(channels, new Templates(Path.of("../templates")), facts, Runnable::run)
        .carry(message);
  }

  private List<Message> of(Incident incident) {
    return commit(tx -> new Tidings(channels, database.outbox()).of(tx, incident));
  }

  private <T> T commit(Function<Tx, T> work) {
    return database.ledger().commit(work).join();
  }

  /** A paging service. */
  private static final class Pager implements Following {
    private final String name;
    private final List<Notice> sent = new CopyOnWriteArrayList<>();

    Pager(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String send(Notice notice) {
      sent.add(notice);
      return "ok";
    }

    @Override
    public Optional<Feedback> heard(String signature, byte[] body) {
      return Optional.empty();
    }
  }
}
