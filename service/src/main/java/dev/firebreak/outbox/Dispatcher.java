package dev.firebreak.outbox;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Message;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Turn;
import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the outbox holds until it is delivered or given up by name: at least once, by
 * couriers who find before they create. It is the only one that carries, so it knows in memory what
 * is under way. Thread-safe; turns may overlap.
 */
public final class Dispatcher implements Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int PER_KIND = 32;
  private static final int WINDOW = 200;
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Outbox outbox;
  private final Map<String, Courier> couriers;
  private final Executor executor;
  private final InstantSource clock;
  private final Settling settling;

  /**
   * Held from the reading of due messages until they are under way, and to end a flight: so that a
   * message whose delivery is committed cannot be read as due and carried again.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final Flights flights = new Flights(PER_KIND);

  /** What became of messages could not be committed; the database is told again, nobody else. */
  private final Map<String, Runnable> unsettled = new ConcurrentHashMap<>();

  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean stopped;

  /**
   * A dispatcher that does nothing until its first turn.
   *
   * @param couriers at most one for each kind
   * @param executor runs couriers; must start each task at once, as one of virtual threads does
   * @param listener told inside the transactions
   */
  public Dispatcher(
      Ledger ledger,
      Outbox outbox,
      List<Courier> couriers,
      Executor executor,
      OutboxListener listener,
      InstantSource clock) {
    this(
        ledger,
        outbox,
        couriers,
        executor,
        listener,
        clock,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * The same, with chance of the caller's own.
   *
   * @param jitter in [0, 1): by how much a pause between two tries is shorter
   */
  public Dispatcher(
      Ledger ledger,
      Outbox outbox,
      List<Courier> couriers,
      Executor executor,
      OutboxListener listener,
      InstantSource clock,
      DoubleSupplier jitter) {
    this(
        ledger,
        outbox,
        couriers,
        executor,
        clock,
        new Settling(outbox, listener, Patience.usual(jitter)));
  }

  Dispatcher(
      Ledger ledger,
      Outbox outbox,
      List<Courier> couriers,
      Executor executor,
      InstantSource clock,
      Settling settling) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.couriers =
        couriers.stream().collect(Collectors.toUnmodifiableMap(Courier::kind, Function.identity()));
    this.executor = executor;
    this.clock = clock;
    this.settling = settling;
  }

  /**
   * Carries a message that was just added and is durable, without waiting; when others wait for
   * their turn, it waits with them.
   */
  public void take(Outbox.Entry entry) {
    if (stopped) {
      return;
    }
    Courier courier = courier(entry.message());
    if (takesOff(entry, courier)) {
      executor.execute(() -> carry(entry, courier));
    }
  }

  /** What is held back is older, and comes first: whoever lands next looks for both. */
  private boolean takesOff(Outbox.Entry entry, Courier courier) {
    lock.lock();
    try {
      if (flights.heldBack() && flights.none()) {
        wake();
      }
      return !flights.heldBack() && flights.begin(entry, courier);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks for due messages soon, without waiting. To be called after a commit that added some, as
   * from {@link Tx#afterCommit}; calls that come together cause one look.
   */
  public void wake() {
    if (!stopped && woken.compareAndSet(false, true)) {
      executor.execute(this::look);
    }
  }

  private void look() {
    woken.set(false);
    try {
      LOG.trace("next look {}", turn(clock.instant()));
    } catch (StoreUnavailable e) {
      LOG.warn("the outbox cannot be read, the next turn looks again: {}", e.getMessage());
    }
  }

  /** Takes no more messages off; those under way land. */
  public void stop() {
    stopped = true;
  }

  /**
   * Sends couriers off with what is due and returns without waiting for them.
   *
   * @return at the latest in some seconds: what a wake found may wait for less than the last turn
   *     knew of; empty once stopped
   * @throws StoreUnavailable when the outbox cannot be read
   */
  @Override
  public Optional<Instant> turn(Instant now) {
    if (stopped) {
      return Optional.empty();
    }
    for (String key : List.copyOf(unsettled.keySet())) {
      Optional.ofNullable(unsettled.remove(key)).ifPresent(executor::execute);
    }
    List<Runnable> departures = new ArrayList<>();
    Instant next = depart(now, departures);
    departures.forEach(executor::execute);
    return Optional.of(next);
  }

  private Instant depart(Instant now, List<Runnable> departures) {
    lock.lock();
    try {
      flights.look();
      List<Courier> free =
          couriers.values().stream().filter(courier -> flights.room(courier.kind())).toList();
      if (free.size() < couriers.size()) {
        flights.holdBack();
      }
      begin(ledger.read(tx -> due(tx, free, now)), departures);
      if (!flights.none()) {
        return now.plus(BUSY);
      }
      Instant idle = now.plus(IDLE);
      Instant next = ledger.read(outbox::nextDue).filter(idle::isAfter).orElse(idle);
      if (next.isAfter(now)) {
        return next;
      }
      begin(ledger.read(tx -> outbox.due(tx, now, WINDOW)), departures);
      return now.plus(BUSY);
    } finally {
      lock.unlock();
    }
  }

  /** Enough of each kind to see past those that are under way, or whose lane is taken. */
  private List<Outbox.Entry> due(Tx tx, List<Courier> free, Instant now) {
    List<Outbox.Entry> due = new ArrayList<>();
    for (Courier courier : free) {
      int window = courier.oneAtATime() ? WINDOW : 2 * PER_KIND;
      List<Outbox.Entry> some = outbox.due(tx, courier.kind(), now, window);
      due.addAll(some);
      if (some.size() == window) {
        flights.holdBack();
      }
    }
    return due;
  }

  private void begin(List<Outbox.Entry> due, List<Runnable> departures) {
    for (Outbox.Entry entry : due) {
      Courier courier = courier(entry.message());
      if (flights.begin(entry, courier)) {
        departures.add(() -> carry(entry, courier));
      }
    }
  }

  private Courier courier(Message message) {
    return couriers.getOrDefault(message.kind(), new Nobody(message.kind()));
  }

  private void carry(Outbox.Entry entry, Courier courier) {
    Consumer<Tx> outcome;
    try {
      String receipt = courier.carry(entry.message());
      outcome = settling.delivered(entry, receipt, clock.instant());
    } catch (RuntimeException e) {
      outcome = settling.failed(entry, e, clock.instant());
    }
    lock.lock();
    try {
      flights.back(entry, courier);
    } finally {
      lock.unlock();
    }
    settle(entry, outcome);
  }

  private void settle(Outbox.Entry entry, Consumer<Tx> outcome) {
    try {
      commit(outcome);
    } catch (CompletionException | StoreUnavailable e) {
      unsettled.put(entry.message().key(), () -> settle(entry, outcome));
      LOG.error(
          "what became of {} cannot be stored, the next turn tries again: {}",
          entry.message().key(),
          e.getMessage());
      return;
    }
    if (land(entry)) {
      wake();
    }
  }

  /** Whether another message waits for this one to be out of the way. */
  private boolean land(Outbox.Entry entry) {
    lock.lock();
    try {
      flights.end(entry);
      return flights.heldBack();
    } finally {
      lock.unlock();
    }
  }

  private void commit(Consumer<Tx> outcome) {
    boolean durable =
        ledger
            .commit(
                tx -> {
                  outcome.accept(tx);
                  return true;
                })
            .join();
    LOG.trace("settled {}", durable);
  }

  /** Carries what no courier carries: it fails, and so is tried again, until it is given up. */
  private record Nobody(String kind) implements Courier {
    @Override
    public String carry(Message message) {
      throw new CourierException(
          "nothing here carries messages of kind '" + kind + "'", false, null);
    }
  }
}
