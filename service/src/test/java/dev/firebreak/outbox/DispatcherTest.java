package dev.firebreak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.fixtures.MemoryOutbox;
import dev.firebreak.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DispatcherTest {
  private static final Duration NO_JITTER_FIRST = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock();
  private final MemoryLedger ledger = new MemoryLedger();
  private final MemoryOutbox outbox = new MemoryOutbox();
  private final Heard heard = new Heard();

  /** Tasks wait here until a test lets them run: the courier is then on its way. */
  private final Deque<Runnable> threads = new ArrayDeque<>();

  private final List<String> carried = new ArrayList<>();

  @Test
  void turn_withDueMessage_carriesItOnceAndRecordsTheReceipt() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "mail " + message.key()));
    add("notify", "a");

    turn(dispatcher);
    runAll();
    turn(dispatcher);
    runAll();

    assertThat(carried).containsExactly("a");
    assertThat(outbox.entry("a").receipt()).isEqualTo("mail a");
    assertThat(heard.said).containsExactly("delivered a mail a");
  }

  @Test
  void turn_whileTheCourierIsOnItsWay_doesNotBlockAndDoesNotCarryAgain() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");

    turn(dispatcher);
    turn(dispatcher);
    clock.advance(Duration.ofHours(1));
    turn(dispatcher);

    assertThat(carried).isEmpty();
    assertThat(threads).hasSize(1);
    runAll();
    assertThat(carried).containsExactly("a");
  }

  @Test
  void turn_afterACrashBetweenCarryAndCommit_carriesAgainWithTheSameKey() {
    Dispatcher first = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");
    turn(first);
    ledger.down(true);
    runAll();
    assertThat(carried).containsExactly("a");

    ledger.down(false);
    Dispatcher restarted = dispatcher(courier("notify", message -> "found"));
    turn(restarted);
    runAll();

    assertThat(carried).containsExactly("a", "a");
    assertThat(outbox.entry("a").receipt()).isEqualTo("found");
  }

  @Test
  void turn_whenOnlyTheCommitFailed_commitsAgainWithoutCarryingAgain() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");
    ledger.down(true);
    turn(dispatcher);
    runAll();
    turn(dispatcher);
    runAll();
    assertThat(outbox.entry("a").deliveredAt()).isNull();

    ledger.down(false);
    turn(dispatcher);
    runAll();

    assertThat(carried).containsExactly("a");
    assertThat(outbox.entry("a").receipt()).isEqualTo("ok");
    assertThat(heard.said).containsExactly("delivered a ok");
  }

  @Test
  void turn_afterFailures_waitsTwiceAsLongEachTimeUpToTenMinutes() {
    Dispatcher dispatcher = dispatcher(courier("notify", this::refuse));
    add("notify", "a");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      turn(dispatcher);
      runAll();
      Instant next = dueAt("a");
      pauses.add(Duration.between(clock.instant(), next).toSeconds());
      clock.advance(Duration.between(clock.instant(), next));
    }

    assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
    assertThat(heard.said.getFirst()).isEqualTo("failed a the server is down");
  }

  @Test
  void turn_beforeTheNextTryIsDue_leavesItAlone() {
    Dispatcher dispatcher = dispatcher(courier("notify", this::refuse));
    add("notify", "a");
    turn(dispatcher);
    runAll();

    clock.advance(NO_JITTER_FIRST.minusMillis(1));
    Instant next = turn(dispatcher);
    runAll();

    assertThat(carried).containsExactly("a");
    assertThat(next).isEqualTo(clock.instant().plusMillis(1));
  }

  @Test
  void turn_afterADayOfFailures_givesUpByNameAndNeverTriesAgain() {
    Dispatcher dispatcher = dispatcher(courier("notify", this::refuse));
    add("notify", "a");
    while (outbox.entry("a").dueAt() != null) {
      turn(dispatcher);
      runAll();
      clock.advance(Duration.ofMinutes(10));
    }
    int tries = carried.size();

    clock.advance(Duration.ofDays(1));
    turn(dispatcher);
    runAll();

    assertThat(carried).hasSize(tries);
    assertThat(heard.said.getLast())
        .startsWith("givenUp a given up after 24 hours and " + tries + " tries")
        .endsWith("the server is down");
    List<Outbox.Entry> undelivered = ledger.read(tx -> outbox.undelivered(tx, 10));
    assertThat(undelivered).hasSize(1);
  }

  @Test
  void turn_onAPermanentFailure_givesUpAtOnce() {
    Dispatcher dispatcher =
        dispatcher(
            courier(
                "notify",
                message -> {
                  throw new CourierException("there is no channel '#x'", true, null);
                }));
    add("notify", "a");

    turn(dispatcher);
    runAll();

    assertThat(heard.said).containsExactly("givenUp a there is no channel '#x'");
    assertThat(outbox.entry("a").dueAt()).isNull();
  }

  @Test
  void turn_whenACourierBreaks_triesAgain() {
    Dispatcher dispatcher =
        dispatcher(
            courier(
                "notify",
                message -> {
                  throw new IllegalStateException("null");
                }));
    add("notify", "a");

    turn(dispatcher);
    runAll();

    assertThat(outbox.entry("a").lastError()).contains("the courier broke: IllegalStateException");
    assertThat(outbox.entry("a").dueAt()).isNotNull();
  }

  @Test
  void turn_withAKindNobodyCarries_failsLoudlyAndTriesAgain() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("pigeon", "p");

    turn(dispatcher);
    runAll();

    assertThat(heard.said)
        .containsExactly("failed p nothing here carries messages of kind 'pigeon'");
  }

  @Test
  void turn_withOneKindStuck_carriesTheOther() {
    Dispatcher dispatcher =
        dispatcher(courier("ticket", message -> "ok"), courier("notify", message -> "ok"));
    for (int i = 0; i < 500; i++) {
      add("ticket", "t" + i);
    }
    add("notify", "n");

    turn(dispatcher);

    assertThat(threads).hasSize(33);
    for (int i = 0; i < 33; i++) {
      threads.removeFirst().run();
    }
    assertThat(carried).hasSize(33).contains("n");
    runAll();
    assertThat(carried).hasSize(501).doesNotHaveDuplicates();
  }

  @Test
  void turn_withACourierThatFindsBeforeItCreates_carriesAnIncidentsMessagesInTurn() {
    Courier ticket =
        new Courier() {
          @Override
          public String kind() {
            return "ticket";
          }

          @Override
          public boolean oneAtATime() {
            return true;
          }

          @Override
          public String carry(Message message) {
            carried.add(message.key());
            return "ok";
          }
        };
    Dispatcher dispatcher = dispatcher(ticket);
    add("ticket", "one");
    add("ticket", "two");

    turn(dispatcher);

    assertThat(threads).hasSize(1);
    runAll();
    assertThat(carried).containsExactly("one", "two");
  }

  @Test
  void wake_calledManyTimes_looksOnce() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");

    dispatcher.wake();
    dispatcher.wake();

    assertThat(threads).hasSize(1);
    runAll();
    assertThat(carried).containsExactly("a");
  }

  @Test
  void take_carriesAtOnce_andNoTurnCarriesItAgain() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");

    dispatcher.take(outbox.entry("a"));
    turn(dispatcher);
    dispatcher.take(outbox.entry("a"));
    runAll();

    assertThat(carried).containsExactly("a");
    assertThat(outbox.entry("a").receipt()).isEqualTo("ok");
  }

  @Test
  void take_whileOlderOnesAreHeldBack_waitsBehindThem() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    for (int i = 0; i < 33; i++) {
      add("notify", "old" + i);
    }
    turn(dispatcher);
    threads.removeFirst().run();
    add("notify", "new");
    dispatcher.take(outbox.entry("new"));
    runAll();

    assertThat(carried).hasSize(34).doesNotHaveDuplicates().endsWith("new");
  }

  @Test
  void take_whenItMustWait_isCarriedByWhoeverLandsNext() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    for (int i = 0; i < 40; i++) {
      add("notify", "m" + i);
      dispatcher.take(outbox.entry("m" + i));
    }
    assertThat(threads).hasSize(32);
    runAll();

    assertThat(carried).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void take_afterStop_takesNothingOff() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");
    dispatcher.stop();
    dispatcher.take(outbox.entry("a"));

    assertThat(threads).isEmpty();
  }

  @Test
  void turn_afterStop_takesNothingOff() {
    Dispatcher dispatcher = dispatcher(courier("notify", message -> "ok"));
    add("notify", "a");

    dispatcher.stop();

    assertThat(dispatcher.turn(clock.instant())).isEmpty();
    assertThat(threads).isEmpty();
  }

  @Test
  @Timeout(30)
  void turn_onManyThreadsAtOnce_carriesEachMessageOnce() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 300; i++) {
      add("notify", "m" + i);
    }
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Courier courier =
          new Courier() {
            @Override
            public String kind() {
              return "notify";
            }

            @Override
            public String carry(Message message) {
              seen.add(message.key());
              Thread.yield();
              return "ok";
            }
          };
      Dispatcher dispatcher =
          new Dispatcher(ledger, outbox, List.of(courier), pool, OutboxListener.NONE, clock);
      turnUntilNothingIsDue(dispatcher);
    }

    assertThat(seen).hasSize(300).doesNotHaveDuplicates();
  }

  private void turnUntilNothingIsDue(Dispatcher dispatcher) {
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      for (int caller = 0; caller < 4; caller++) {
        callers.execute(
            () -> {
              while (ledger.read(tx -> outbox.nextDue(tx).isPresent())) {
                turn(dispatcher);
                Thread.yield();
              }
            });
      }
    }
  }

  private Dispatcher dispatcher(Courier... couriers) {
    threads.clear();
    Executor executor = threads::add;
    Patience patience =
        new Patience(NO_JITTER_FIRST, Duration.ofMinutes(10), Duration.ofHours(24), () -> 1.0);
    return new Dispatcher(
        ledger, outbox, List.of(couriers), executor, clock, new Settling(outbox, heard, patience));
  }

  private Instant turn(Dispatcher dispatcher) {
    return dispatcher.turn(clock.instant()).orElseThrow();
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.removeFirst().run();
    }
  }

  private Instant dueAt(String key) {
    Instant due = outbox.entry(key).dueAt();
    assertThat(due).isNotNull();
    return due == null ? Instant.MAX : due;
  }

  private void add(String kind, String key) {
    ledger
        .commit(
            tx -> {
              outbox.add(tx, new Message(kind, key, Map.of()), "inc_1", clock.instant());
              return true;
            })
        .join();
  }

  private String refuse(Message message) {
    throw new CourierException("the server is down", false, null);
  }

  private Courier courier(String kind, Function<Message, String> carry) {
    return new Courier() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public String carry(Message message) {
        carried.add(message.key());
        return carry.apply(message);
      }
    };
  }

  private static final class Heard implements OutboxListener {
    private final List<String> said = new ArrayList<>();

    @Override
    public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
      said.add("delivered " + entry.message().key() + " " + receipt);
    }

    @Override
    public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
      said.add("failed " + entry.message().key() + " " + error);
    }

    @Override
    public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
      said.add("givenUp " + entry.message().key() + " " + error);
    }
  }
}
