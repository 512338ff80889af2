package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Message;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.simulation.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeftMessagesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Message MESSAGE = new Message("notify", "key", Map.of());

  private final MemoryStores stores = MemoryStores.open();
  private final Ledger sound = stores.ports().ledger();
  private final Late alarms = new Late();
  private boolean down;

  /** Alarms that go off when the test says so. */
  private static final class Late extends ScheduledThreadPoolExecutor {
    final List<Runnable> set = new ArrayList<>();

    Late() {
      super(0);
    }

    @Override
    public @Nullable ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      set.add(command);
      return null;
    }
  }

  /** A ledger that can fail. */
  private final class Frail implements Ledger {
    @Override
    public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
      return down
          ? CompletableFuture.failedFuture(new StoreUnavailable("the disk is full", null))
          : sound.commit(work);
    }

    @Override
    public <T> T read(Function<Tx, T> query) {
      return sound.read(query);
    }
  }

  @BeforeEach
  void leave() {
    Boolean unused =
        sound
            .commit(
                tx -> {
                  Duration lease = Duration.ofMinutes(1);
                  boolean gone = stores.ports().nodes().join(tx, "gone", "here", NOON, lease);
                  boolean here =
                      stores.ports().nodes().join(tx, MemoryStores.NODE, "here", NOON, lease);
                  stores.outbox("gone").add(tx, MESSAGE, "inc_1", NOON);
                  stores.ports().nodes().leave(tx, "gone");
                  return gone && here;
                })
            .join();
  }

  @AfterEach
  void close() {
    alarms.close();
  }

  private LeftMessages messages(boolean shared) {
    return new LeftMessages(new Frail(), stores.ports().outbox(), alarms, shared);
  }

  private List<Message> due() {
    boolean unused = sound.commit(tx -> true).join();
    return sound.read(tx -> stores.ports().outbox().due(tx, NOON, 9)).stream()
        .map(Outbox.Entry::message)
        .toList();
  }

  @Test
  void messagesOfAProcessThatIsGone_areTaken() {
    messages(false).take();
    assertThat(due()).containsExactly(MESSAGE);
    assertThat(alarms.set).isEmpty();
  }

  @Test
  void firstCommitThatFails_isTriedAgainByWhoIsAlone() {
    down = true;
    messages(false).take();
    assertThat(due()).isEmpty();
    down = false;
    List.copyOf(alarms.set).forEach(Runnable::run);
    assertThat(due()).containsExactly(MESSAGE);
  }

  @Test
  void commitThatFails_isLeftToTheNextLookWhereThereIsOne() {
    down = true;
    messages(true).take();
    assertThat(alarms.set).isEmpty();
  }
}
