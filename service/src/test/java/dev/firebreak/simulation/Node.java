package dev.firebreak.simulation;

import dev.firebreak.access.Teams;
import dev.firebreak.cluster.Lease;
import dev.firebreak.cluster.Membership;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Masker;
import dev.firebreak.engine.Desks;
import dev.firebreak.engine.Engine;
import dev.firebreak.engine.EngineOrders;
import dev.firebreak.engine.EnginePorts;
import dev.firebreak.engine.EngineTools;
import dev.firebreak.engine.Rush;
import dev.firebreak.escalation.Chain;
import dev.firebreak.escalation.ChainDesk;
import dev.firebreak.escalation.EscalationSettings;
import dev.firebreak.escalation.Link;
import dev.firebreak.escalation.Reach;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.guard.Approvers;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.HaltSwitch;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.outbox.Dispatcher;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.OutboxListener;
import dev.firebreak.outbox.WakingOutbox;
import dev.firebreak.store.Ports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One process of the service: the real engine and desks on a ledger and threads of the world. */
final class Node {
  private static final EscalationSettings CHAINS =
      new EscalationSettings(
          Map.of(
              "oncall",
              new Chain(
                  List.of(
                      new Link(List.of("#ops"), Duration.ofMinutes(5)),
                      new Link(List.of("#lead"), Duration.ofMinutes(10))),
                  1)));

  static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final World world;
  private final String name;
  private final GroupLedger ledger;
  private final GroupLedger aside;
  private final Lease lease;
  private final List<Fibers.Fiber> fibers = new ArrayList<>();
  private final int diesAfter;
  private final Duration skew;
  private final InstantSource clock;
  private final AtomicInteger changes = new AtomicInteger();
  private int passed;
  private boolean alive = true;
  private boolean serving;
  private boolean looking;
  private long frozenUntil;
  private long crankAt = Long.MAX_VALUE;
  private @Nullable Engine engine;
  private @Nullable EngineOrders orders;
  private @Nullable Membership membership;
  private @Nullable Door door;
  private @Nullable Dispatcher dispatcher;
  private @Nullable WakingOutbox outbox;
  private @Nullable BreakerDesk breakers;
  private long carryAt = Long.MAX_VALUE;

  /**
   * @param diesAfter how many points between two effects it passes before it dies; 0 for never
   */
  Node(World world, String name, int diesAfter) {
    this.world = world;
    this.name = name;
    this.diesAfter = diesAfter;
    int off = world.parts().skew();
    this.skew = Duration.ofSeconds(off == 0 ? 0 : world.extra().from(-off, off));
    this.clock = () -> world.time().instant().plus(skew);
    this.ledger = new GroupLedger(world.store(), new Weather(world, this, Node::ledger));
    this.aside = new GroupLedger(world.store(), new Weather(world, this, node -> node.aside));
    this.lease =
        world.shared()
            ? new Lease(
                name, LEASE, clock, () -> TimeUnit.MILLISECONDS.toNanos(world.time().millis()))
            : Lease.forever(name);
  }

  String name() {
    return name;
  }

  boolean alive() {
    return alive;
  }

  /** Until when nothing of it moves. */
  long frozenUntil() {
    return frozenUntil;
  }

  void freeze(long until) {
    frozenUntil = until;
  }

  /** Whether it has recovered and takes orders. */
  boolean serving() {
    return alive && serving && frozenUntil <= world.time().millis();
  }

  GroupLedger ledger() {
    return ledger;
  }

  Lease lease() {
    return lease;
  }

  /** How many changes are at work in it. */
  AtomicInteger changes() {
    return changes;
  }

  Engine engine() {
    return Objects.requireNonNull(engine);
  }

  EngineOrders orders() {
    return Objects.requireNonNull(orders);
  }

  BreakerDesk breakers() {
    return Objects.requireNonNull(breakers);
  }

  Door door() {
    return Objects.requireNonNull(door);
  }

  private Membership membership() {
    return Objects.requireNonNull(membership);
  }

  /** Starts as the service does: wire, join, take up what was left, serve. */
  void boot() {
    fiber(
        "boot",
        () -> {
          wire(world.store().ports(ledger, name));
          engine().onEarlier(() -> crank(world.time().millis()));
          try {
            membership().join("here", !world.shared());
          } catch (CompletionException | IllegalStateException e) {
            die("its start: " + e.getMessage());
            return;
          }
          engine().takeOver();
          takeMessages();
          world.trace(name + " serves");
          serving = true;
          carry();
          crank(world.time().millis());
          if (world.shared()) {
            heart();
            look();
          }
        });
  }

  /** Renews the lease at once, where time makes leaps. */
  void beat() {
    if (serving && world.shared()) {
      Optional<Instant> unused = membership().turn(clock.instant());
      fiber("beat", () -> aside.commitGroup(100));
    }
  }

  private void heart() {
    if (world.settled()) {
      return;
    }
    Optional<Instant> next = membership().turn(clock.instant());
    next.ifPresent(
        at ->
            world
                .time()
                .in(Math.max(100, at.toEpochMilli() - clock.millis()), this, "heart", this::heart));
  }

  /** As the service does each second; but not while there is nothing to be found. */
  void look() {
    if (!looking && world.shared() && serving) {
      looking = true;
      world.time().in(LOOK.toMillis(), this, "look", this::lookNow, () -> !world.somethingLeft());
    }
  }

  void lookNow() {
    looking = false;
    if (world.somethingLeft()) {
      fiber(
          "look",
          () -> {
            if (world.mailLeft()) {
              engine().readMail();
            }
            if (world.runsLeft()) {
              engine().takeOver();
            }
            if (world.messagesLeft()) {
              takeMessages();
            }
          });
      look();
    }
  }

  private void takeMessages() {
    Outbox messages = Objects.requireNonNull(outbox);
    CompletableFuture<Integer> unused =
        ledger
            .commit(messages::takeOver)
            .whenComplete(
                (taken, fault) -> {
                  if (fault != null && !world.shared()) {
                    world.time().in(1_000, this, "messages", this::takeMessages);
                  }
                });
  }

  /** There may be something to carry. */
  void carry() {
    if (dispatcher != null && serving) {
      carry(world.time().millis());
    }
  }

  private void carry(long at) {
    if (at < carryAt) {
      carryAt = at;
      world
          .time()
          .in(
              at - world.time().millis(),
              this,
              "dispatch",
              () -> {
                if (carryAt <= world.time().millis()) {
                  fiber("dispatch", this::dispatch);
                }
              },
              () -> carryAt != at);
    }
  }

  private void dispatch() {
    carryAt = Long.MAX_VALUE;
    long now = world.time().millis();
    if (world.carries(this)) {
      Instant next =
          Objects.requireNonNull(dispatcher).turn(clock.instant()).orElse(clock.instant());
      carry(Math.max(next.minus(skew).toEpochMilli(), now + 1));
    }
  }

  private Dispatcher dispatcher(Outbox messages) {
    return new Dispatcher(
        ledger,
        messages,
        List.of(new Carriage(world, this)),
        task -> world.time().in(0, this, "carry", () -> fiber("carry", task)),
        OutboxListener.NONE,
        clock,
        new java.util.Random(world.extra().bits())::nextDouble);
  }

  private void wire(Ports ports) {
    WakingOutbox messages = new WakingOutbox(ports.outbox());
    outbox = messages;
    dispatcher = world.parts().carriers() ? dispatcher(messages) : null;
    if (dispatcher != null) {
      messages.carriedBy(this::serving, dispatcher::take, this::carry);
    }
    HaltSwitch halt = new HaltSwitch(world.folder().resolve(name));
    Ids ids = new Ids(clock, world.dice().split());
    Sentries sentries = new Sentries(world, name, ports, clock);
    Guards guards =
        new Guards(
            new Guards.Ports(ports.automation(), ports.alerts(), ports.intents(), ports.locks()),
            halt,
            world.settings(),
            () -> Long.MAX_VALUE,
            sentries.others());
    breakers = sentries.breakers();
    Desks desks =
        new Desks(
            guards,
            halt,
            ports.automation(),
            ports.intents(),
            ports.locks(),
            ports.gates(),
            new GateDesk(ports.gates(), Approvers.ANYONE, new Masker()),
            new ChainDesk(
                CHAINS,
                new Reach(Teams.NONE, Set.of("#ops", "#lead")),
                ports.escalations(),
                (tx, incident) -> "",
                messages,
                ids),
            (tx, gate) -> List.of(),
            (tx, incident) -> List.of());
    EnginePorts engines =
        new EnginePorts(
            ledger,
            ports.runs(),
            ports.incidents(),
            ports.journal(),
            ports.artifacts(),
            ports.alerts(),
            messages,
            world.books(),
            ports.runbookVersions(),
            ports.mail(),
            ports.signals());
    EngineTools tools =
        new EngineTools(
            type -> world.action(type, this),
            new Masker(),
            new Threads(world, this),
            new Alarms(world, this),
            ids,
            clock,
            List.of(),
            "http://simulated",
            lease,
            new Words(world, this),
            64,
            world.permits(),
            new Rush());
    membership = new Membership(aside, ports.nodes(), lease, clock, () -> die("it is a copy"));
    engine = new Engine(engines, desks, tools);
    orders =
        new EngineOrders(
            engine, engines, desks, tools, ledger.read(tx -> ports.automation().read(tx)));
    door = new Door(world, ports, orders, ids, clock);
  }

  /** Turns the crank of this process then, as the schedule does. */
  private void crank(long at) {
    if (at < crankAt) {
      crankAt = at;
      world
          .time()
          .in(
              at - world.time().millis(),
              this,
              "crank",
              () -> {
                if (crankAt <= world.time().millis()) {
                  turn();
                }
              },
              () -> crankAt != at);
    }
  }

  private void turn() {
    crankAt = Long.MAX_VALUE;
    Optional<Instant> next = engine().turn(clock.instant());
    next.ifPresent(at -> crank(Math.max(at.minus(skew).toEpochMilli(), world.time().millis() + 1)));
  }

  /** Runs something that may wait, now, as a thread of this process. */
  void fiber(String what, Runnable body) {
    fibers.removeIf(Fibers.Fiber::over);
    fibers.add(world.fibers().start(body));
    world.reap();
  }

  /** A point between two effects: here a process may die. */
  void pass(String point) {
    if (alive && diesAfter > 0 && ++passed == diesAfter && !world.calm()) {
      die(point);
    }
    if (!alive) {
      throw new Crash();
    }
  }

  /** Is gone, with everything it had in memory. */
  void die(String point) {
    if (alive) {
      alive = false;
      serving = false;
      world.died(this, point);
    }
  }

  /** Ends the threads of a process that is gone. */
  void bury() {
    List.copyOf(fibers).forEach(world.fibers()::kill);
    fibers.clear();
  }
}
