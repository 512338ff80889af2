package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.firebreak.access.Teams;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Parts;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.CallDesk;
import dev.firebreak.escalation.Chain;
import dev.firebreak.escalation.ChainDesk;
import dev.firebreak.escalation.EscalationSettings;
import dev.firebreak.escalation.Link;
import dev.firebreak.escalation.Reach;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.Dispatcher;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.OutboxListener;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.store.Database;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way on a real database, to a real mail server and a chat that is down. */
@Timeout(60)
class DeliveryTest {
  private final SettableClock clock = new SettableClock();
  private final Database database = Database.inMemory("delivery");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final MockWebServer chat = new MockWebServer();
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final List<Dispatcher> running = new ArrayList<>();
  private final Semaphore settled = new Semaphore(0);

  @BeforeEach
  void start() throws Exception {
    mail.start();
    chat.start();
    commit(tx -> database.incidents().add(tx, incident()));
    commit(tx -> database.runs().add(tx, run(), "node-1"));
  }

  @AfterEach
  void stop() {
    running.forEach(Dispatcher::stop);
    threads.close();
    chat.close();
    mail.stop();
    database.close();
  }

  @Test
  void notice_whenTheChatIsDown_goesByMailAndTheRecordSaysSo() throws Exception {
    chat.enqueue(new MockResponse.Builder().code(503).body("down").build());
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("incident", "inc_1");
    payload.put("run", "run_1");
    payload.put("step", "finally-1");
    payload.put("channels", List.of("#cache", "mail"));
    payload.put("template", "summary");
    add(new Message("notify", "run_1/finally-1", payload));

    deliver(1);

    MimeMessage told = mail.getReceivedMessages()[0];
    assertThat(told.getSubject()).isEqualTo("[mitigated] Redis does not answer");
    assertThat(text(told))
        .contains("- restart: succeeded - done", "https://fb.example.com/incidents/inc_1");
    assertThat(journal())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo("message.delivered");
              assertThat(line.runId()).isEqualTo("run_1");
              assertThat(line.text())
                  .contains("notify 'summary' delivered: mail: accepted as <notice.")
                  .contains("after channel '#cache'", "503 down");
            });
  }

  @Test
  void call_whenItsOnlyChannelIsDown_isTriedAgainUntilItIsBack() {
    chat.enqueue(new MockResponse.Builder().code(500).build());
    chat.enqueue(new MockResponse.Builder().code(200).body("ok").build());
    CallDesk desk =
        new ChainDesk(
            new EscalationSettings(
                Map.of(
                    "oncall",
                    new Chain(List.of(new Link(List.of("#cache"), Duration.ofMinutes(5))), 0))),
            new Reach(Teams.NONE, channels().names()),
            database.escalations(),
            (tx, incident) -> "",
            database.outbox(),
            new Ids(clock));
    commit(
        tx -> {
          CallDesk.Opened opened =
              desk.open(tx, "inc_1", "run_1", "escalate", "oncall", "nothing helped", now());
          assertThat(opened.called()).containsExactly("#cache");
        });

    Dispatcher dispatcher = deliver(1);
    clock.advance(Duration.ofSeconds(5));
    awaitTurns(dispatcher);

    assertThat(chat.getRequestCount()).isEqualTo(2);
    assertThat(journal().stream().map(JournalEntry::kind))
        .containsExactly("message.failed", "message.delivered");
  }

  @Test
  void notice_toAChannelNobodyConfigured_isGivenUpOnTheRecord() {
    add(
        new Message(
            "notify",
            "k",
            Map.of("incident", "inc_1", "channel", "#chache", "template", "summary")));

    Dispatcher dispatcher = deliver(1);
    clock.advance(Duration.ofHours(1));
    dispatcher.wake();

    assertThat(journal())
        .first()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo("message.given-up");
              assertThat(line.text())
                  .contains("UNDELIVERED", "'#chache'", "did you mean '#cache'?");
            });
    List<Outbox.Entry> undelivered =
        database.ledger().read(tx -> database.outbox().undelivered(tx, 10));
    assertThat(undelivered).hasSize(1);
  }

  @Test
  void notice_thatNobodyReceivedForAMinute_isAnAlarmElsewhere_andEndsWhenItArrives()
      throws Exception {
    Instant begun = now();
    chat.setDispatcher(
        new mockwebserver3.Dispatcher() {
          @Override
          public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
            return new MockResponse.Builder().code(500).build();
          }
        });
    add(
        new Message(
            "notify",
            "k",
            Map.of("incident", "inc_1", "channel", "#cache", "template", "summary")));

    Dispatcher dispatcher = deliver(1);
    for (int i = 0; i < 120 && mail.getReceivedMessages().length == 0; i++) {
      if (i < 12) {
        clock.advance(Duration.ofSeconds(5));
      }
      dispatcher.wake();
      for (int j = 0; j < 25 && mail.getReceivedMessages().length == 0; j++) {
        boolean unused = settled.tryAcquire(10, TimeUnit.MILLISECONDS);
      }
    }

    assertThat(Duration.between(begun, now())).isLessThanOrEqualTo(Duration.ofMinutes(1));
    MimeMessage told = mail.getReceivedMessages()[0];
    assertThat(told.getSubject()).isEqualTo("Nobody received a notice (summary)");
    assertThat(text(told))
        .contains("It is still tried: channel '#cache'", "https://fb.example.com/incidents/inc_1");
    assertThat(open()).singleElement().extracting(Unheard::messageKey).isEqualTo("k");
    chat.setDispatcher(
        new mockwebserver3.Dispatcher() {
          @Override
          public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
            return new MockResponse.Builder().code(200).body("ok").build();
          }
        });
    clock.advance(Duration.ofMinutes(20));
    settled.drainPermits();
    for (int i = 0; i < 150 && !open().isEmpty(); i++) {
      dispatcher.wake();
      boolean unused = settled.tryAcquire(100, TimeUnit.MILLISECONDS);
    }
    assertThat(open()).isEmpty();
    assertThat(journal().stream().map(JournalEntry::kind))
        .contains("message.unheard", "message.unheard-ended");
  }

  private static String text(MimeMessage mail) throws Exception {
    return String.valueOf(((MimeMultipart) mail.getContent()).getBodyPart(0).getContent());
  }

  private List<Unheard> open() {
    return database.ledger().read(tx -> database.unheard().open(tx, 10));
  }

  private Dispatcher deliver(int outcomes) {
    Templates templates = new Templates(Path.of("../templates"));
    NoticeFacts facts =
        new IncidentFacts(
            database.ledger(),
            database.incidents(),
            database.runs(),
            TicketLinks.NONE,
            "https://fb.example.com/");
    Dispatcher dispatcher =
        new Dispatcher(
            database.ledger(),
            database.outbox(),
            List.of(new NotifyCourier(channels(), templates, facts, threads)),
            threads,
            OutboxListener.all(
                List.of(
                    new DeliveryRecord(database.journal(), List.of()),
                    new UnheardDesk(
                        database.unheard(),
                        database.outbox(),
                        database.journal(),
                        List.of(),
                        new Ids(clock),
                        List.of("#cache", "mail")),
                    new Settled())),
            clock);
    running.add(dispatcher);
    dispatcher.wake();
    await(outcomes);
    return dispatcher;
  }

  /** Until one more message has had an outcome, with a look as often as in a service. */
  private void awaitTurns(Dispatcher dispatcher) {
    try {
      for (int i = 0; i < 150 && !settled.tryAcquire(200, TimeUnit.MILLISECONDS); i++) {
        dispatcher.wake();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void await(int outcomes) {
    try {
      assertThat(settled.tryAcquire(outcomes, 30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Channels channels() {
    Channel slack =
        Parts.settings(
                "{\"type\": \"slack\", \"url\": \"%s\", \"allowHttp\": true}"
                    .formatted(chat.url("/hook")))
            .build("#cache", Parts.at(clock));
    Channel smtp =
        Parts.settings(
                """
                {"type": "smtp", "host": "127.0.0.1", "port": %d, "tls": "none",
                 "from": "firebreak@example.com", "to": ["ops@example.com"]}
                """
                    .formatted(mail.getSmtp().getPort()))
            .build("mail", Parts.at(clock));
    return new Channels(List.of(slack, smtp));
  }

  private void add(Message message) {
    commit(tx -> database.outbox().add(tx, message, "inc_1", now()));
  }

  private void commit(Consumer<Tx> work) {
    assertThat(
            database
                .ledger()
                .commit(
                    tx -> {
                      work.accept(tx);
                      return true;
                    })
                .join())
        .isTrue();
  }

  private List<JournalEntry> journal() {
    return database.ledger().read(tx -> database.journal().read(tx, "inc_1", 0, 100));
  }

  private Instant now() {
    return clock.instant();
  }

  private Incident incident() {
    return new Incident(
        "inc_1",
        "redis/cache-1",
        "Redis does not answer",
        "critical",
        "team-cache",
        Incident.Status.OPEN,
        now(),
        null,
        null,
        null,
        null);
  }

  private Run run() {
    StepRun restart =
        StepRun.pending("restart", StepRun.Phase.CHANGE)
            .in(new StepState.Ended(StepState.End.SUCCEEDED, now(), new Reason("done", "done")));
    return new Run(
        "run_1",
        "inc_1",
        "redis-down",
        "v1",
        Map.of("labels", Map.of("instance", "cache-1")),
        Map.of(),
        "source:prom",
        now(),
        RunStatus.MITIGATED,
        new Reason("verified", "restart was verified"),
        now(),
        Run.Control.NONE,
        1,
        Map.of("restart", restart));
  }

  /** Lets the test go on once what became of a message is durable. */
  private final class Settled implements OutboxListener {
    @Override
    public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
      tx.afterCommit(settled::release);
    }

    @Override
    public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
      tx.afterCommit(settled::release);
    }

    @Override
    public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
      tx.afterCommit(settled::release);
    }
  }
}
