package dev.firebreak.simulation;

import dev.firebreak.action.Action;
import dev.firebreak.action.Invocation;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.run.Runs;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One world from one seed: runbooks, alerts, people, nodes and everything that goes wrong, until
 * nothing goes wrong any more and all must come to an end. The same seed is the same world.
 */
public final class World {
  private static final Duration TROUBLE = Duration.ofMinutes(10);

  /** How long after that hearts still beat one by one, so that what the dead left is taken up. */
  private static final Duration SETTLING = Duration.ofMinutes(6);

  private static final Duration PATIENCE = Duration.ofDays(3);

  /** How long a work waits for a row, as on PostgreSQL. */
  static final int LOCK_MILLIS = 5_000;

  /** So that their chance is none of the others'. */
  private static final long PERMITS = 0x5eed;

  private static final long AGING = 0xa9e;

  private static final int MAX_EVENTS = 60_000;

  private final long seed;
  private final boolean explored;
  private final Dice dice;
  private final Timeline time;
  private final Fibers fibers;
  private final MemoryStore store;
  private final Path folder;
  private final Faults faults;
  private final Dice extra;
  private final Parts parts;
  private final Walls walls;
  private final Wardens wardens;
  private final int permits;
  private final GuardSettings settings;
  private final Shelf books;
  private final Target target = new Target(this);
  private final Laws laws = new Laws(this);
  private final Letters letters = new Letters(this);
  private final Receipts receipts = new Receipts(this);
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> dead = new ArrayList<>();
  private final @Nullable List<String> trace;
  private final List<String> broken = new ArrayList<>();
  private boolean calm;
  private boolean settled;
  private long beaten;
  private int outages;
  private int born;

  /**
   * @param folder holds nothing; nodes keep their halt files there
   * @param tracing whether to remember what happens
   */
  World(long seed, Path folder, boolean tracing) {
    this(seed, folder, tracing, null, new Dice(seed ^ PERMITS).of(1, 2, 64, 64));
  }

  /**
   * A small world that somebody explores: two nodes and one runbook, and nothing happens by chance.
   */
  static World toExplore(Path folder, Runbook book) {
    return toExplore(folder, book, 64);
  }

  /** The same, with so many changes at work at once. */
  static World toExplore(Path folder, Runbook book, int permits) {
    return new World(0, folder, true, book, permits);
  }

  private World(long seed, Path folder, boolean tracing, @Nullable Runbook only, int permits) {
    this.seed = seed;
    this.explored = only != null;
    this.dice = new Dice(seed);
    this.time = new Timeline(dice);
    this.store = new MemoryStore(time, this::awaitEnd);
    this.fibers = new Fibers(this::threw);
    this.folder = folder;
    this.trace = tracing ? new ArrayList<>() : null;
    this.faults = explored ? Faults.NONE : Faults.of(dice);
    this.extra = new Dice(~seed);
    this.parts = explored ? Parts.NONE : Parts.of(extra);
    this.walls = explored ? Walls.NONE : Walls.of(seed);
    this.wardens = new Wardens(this);
    this.permits = permits;
    this.settings =
        new GuardSettings(
            List.of("host/**"),
            new GuardSettings.Window(dice.of(2, 5, 50), Duration.ofHours(1)),
            new GuardSettings.Window(dice.of(4, 10, 100), Duration.ofHours(1)),
            walls.limits());
    boolean aging = new Dice(seed ^ AGING).oneIn(3);
    this.books =
        only == null
            ? Shelf.of(dice, aging, walls.lines()).with(parts, extra)
            : new Shelf(List.of(only));
    this.calm = explored;
    this.settled = explored;
    store.onIntent(laws::decides);
  }

  /** What came of a world. */
  public record Result(long seed, List<String> broken, long events, int changes, int crashes) {}

  /** The runbooks of a world. */
  private record Shelf(List<Runbook> current) implements Runbooks {
    static Shelf of(Dice dice, boolean aging, boolean lined) {
      List<Runbook> books = new ArrayList<>();
      for (int i = dice.from(1, 2); i > 0; i--) {
        int number = dice.below(Books.COUNT);
        Runbook book = Books.of(number, aging, lined);
        if (!books.contains(book)) {
          books.add(book);
        }
      }
      return new Shelf(List.copyOf(books));
    }

    Shelf with(Parts parts, Dice dice) {
      List<Runbook> all = new ArrayList<>(current);
      if (parts.patient()) {
        all.addAll(0, PatientBooks.of(dice.below(PatientBooks.COUNT)));
      }
      return new Shelf(List.copyOf(all));
    }

    @Override
    public Optional<Runbook> current(String name) {
      return current.stream().filter(book -> book.name().equals(name)).findFirst();
    }

    @Override
    public Runbook version(String version) {
      return current.stream()
          .filter(book -> book.version().equals(version))
          .findFirst()
          .orElseThrow();
    }
  }

  Dice dice() {
    return dice;
  }

  /** Chance for what the first dice know nothing of. */
  Dice extra() {
    return extra;
  }

  /** Who looks after them. */
  Wardens wardens() {
    return wardens;
  }

  Walls walls() {
    return walls;
  }

  /** Chance of somebody who has nothing to do with the others. */
  Dice chance(long who) {
    return new Dice(seed ^ who);
  }

  Parts parts() {
    return parts;
  }

  /** Those that alerts start. */
  List<Runbook> started() {
    return books.current().stream().filter(book -> book.contract().inputs().isEmpty()).toList();
  }

  /** As the intake sees the shelf: what is called only is not there. */
  Runbooks startable() {
    return new Shelf(started());
  }

  /** From when on nothing goes wrong any more. */
  Instant calmSince() {
    return Timeline.START.plus(TROUBLE);
  }

  Timeline time() {
    return time;
  }

  Fibers fibers() {
    return fibers;
  }

  MemoryStore store() {
    return store;
  }

  Path folder() {
    return folder;
  }

  Faults faults() {
    return faults;
  }

  GuardSettings settings() {
    return settings;
  }

  Runbooks books() {
    return books;
  }

  Target target() {
    return target;
  }

  Laws laws() {
    return laws;
  }

  /** What senders were answered. */
  Receipts receipts() {
    return receipts;
  }

  /** What arrives outside. */
  Letters letters() {
    return letters;
  }

  Action action(String type, Node node) {
    Action action =
        explored ? new PlainAction(type, this, node) : new FickleAction(type, this, node);
    return new CountedAction(action, node.changes(), laws, permits);
  }

  boolean explored() {
    return explored;
  }

  /** What broke so far. */
  List<String> broken() {
    return broken;
  }

  /** Whether nothing goes wrong any more. */
  boolean calm() {
    return calm;
  }

  /** How many changes of one kind of action a node makes at once. */
  int permits() {
    return permits;
  }

  /** Whether time makes leaps: between two events all hearts have beaten. */
  boolean settled() {
    return settled;
  }

  /** Whether several processes work on the database. */
  boolean shared() {
    return faults.nodes() > 1;
  }

  /** Whether nodes have something to look for. */
  boolean somethingLeft() {
    return mailLeft() || runsLeft() || messagesLeft();
  }

  boolean mailLeft() {
    MemoryTx now = store.look();
    return store.letters.rows(now).anyMatch(letter -> lives(now, letter.runId()));
  }

  /** Whether runs are owned by who is gone, or not heard of. */
  boolean runsLeft() {
    MemoryTx now = store.look();
    return store
        .live
        .rows(now)
        .map(id -> store.owners.get(now, id).orElse(""))
        .distinct()
        .anyMatch(owner -> gone(now, owner));
  }

  /** Whether messages are owned by who is gone, or not heard of. */
  boolean messagesLeft() {
    MemoryTx now = store.look();
    return parts.carriers()
        && store
            .messages
            .rows(now)
            .anyMatch(it -> it.entry().dueAt() != null && gone(now, it.owner()));
  }

  /** Whether a node has something to carry. */
  boolean carries(Node node) {
    return parts.carriers()
        && store
            .messages
            .rows(store.look())
            .anyMatch(it -> it.entry().dueAt() != null && it.owner().equals(node.name()));
  }

  private boolean gone(MemoryTx now, String owner) {
    return nodes.stream().noneMatch(node -> node.name().equals(owner))
        || store.members.get(now, owner).filter(it -> it.alive(time.instant())).isEmpty();
  }

  private boolean lives(MemoryTx now, String run) {
    return store.runs.get(now, run).filter(it -> !it.status().ended()).isPresent();
  }

  List<Node> nodes() {
    return nodes;
  }

  boolean databaseDown() {
    return outages > 0;
  }

  /** Lives it to its end, on a thread that hands over to others cheaply. */
  Result live() {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    result.complete(liveHere());
                  } catch (Throwable thrown) {
                    result.completeExceptionally(thrown);
                  }
                });
    return result.join();
  }

  private Result liveHere() {
    for (int i = 0; i < faults.nodes(); i++) {
      boot();
    }
    new People(this).plan(TROUBLE);
    for (int i = 0; i < faults.freezes(); i++) {
      time.in(dice.below((int) TROUBLE.toMillis()), null, "freeze", this::freeze);
    }
    for (int i = 0; i < faults.outages(); i++) {
      time.in(dice.below((int) TROUBLE.toMillis()), null, "outage", this::outage);
    }
    run(Timeline.START.plus(TROUBLE).toEpochMilli());
    calm = true;
    trace("------ calm ------");
    new People(this).tidyUp();
    run(Timeline.START.plus(TROUBLE).plus(SETTLING).toEpochMilli());
    settled = true;
    run(Timeline.START.plus(TROUBLE).plus(PATIENCE).toEpochMilli());
    if (broken.isEmpty()) {
      laws.atTheEnd();
    }
    end();
    return new Result(seed, List.copyOf(broken), time.count(), target.log().size(), born - 1);
  }

  /** Ends whatever still waits. */
  void end() {
    List.copyOf(nodes).forEach(node -> node.die("the end of the world"));
    reap();
  }

  private void run(long until) {
    for (Timeline.Event event = time.next(until);
        event != null && broken.isEmpty();
        event = time.next(until)) {
      if (settled && time.millis() - beaten > 1_000) {
        beaten = time.millis();
        List.copyOf(nodes).forEach(Node::beat);
      }
      try {
        event.what().run();
      } catch (Crash crash) {
        // the process is gone; the world goes on
      }
      reap();
      if (time.count() > MAX_EVENTS) {
        broken("it never comes to rest");
      }
    }
  }

  private void freeze() {
    anyNode()
        .ifPresent(
            node -> {
              long millis = dice.from(100, 40_000);
              trace("%s stands still for %d ms".formatted(node.name(), millis));
              node.freeze(time.millis() + millis);
            });
  }

  private void outage() {
    outages++;
    trace("the database is down");
    time.in(
        dice.below(600_000),
        null,
        "outage over",
        () -> {
          outages--;
          trace("the database is up");
        });
  }

  /** Starts one more process. */
  void boot() {
    born++;
    int diesAfter =
        !calm && dice.percent(faults.crashes()) ? dice.from(1, dice.of(20, 200, 1000)) : 0;
    Node node = new Node(this, "node-" + born, diesAfter);
    nodes.add(node);
    node.boot();
  }

  void died(Node node, String point) {
    trace(node.name() + " DIES at: " + point);
    nodes.remove(node);
    nodes.forEach(Node::look);
    dead.add(node);
    if (!explored && !"the end of the world".equals(point)) {
      time.in(dice.delay(Duration.ofMinutes(2)), null, "boot", this::boot);
    }
  }

  /** Ends the threads of those that died, as soon as none of them runs. */
  void reap() {
    while (!fibers.onFiber() && !dead.isEmpty()) {
      dead.removeLast().bury();
    }
  }

  /** A node that takes orders; empty when none does. */
  Optional<Node> anyNode() {
    List<Node> serving = nodes.stream().filter(Node::serving).toList();
    return serving.isEmpty() ? Optional.empty() : Optional.of(dice.of(serving));
  }

  /** Parks the fiber that runs. */
  void sleep(@Nullable Node node, long millis) {
    Fibers.Fiber me = fibers.current();
    time.in(millis, node, "wake", () -> resume(me));
    fibers.park();
  }

  void resume(Fibers.Fiber fiber) {
    fibers.resume(fiber);
  }

  private void awaitEnd(Transaction holder) {
    long end = time.millis() + LOCK_MILLIS;
    while (!holder.over()) {
      if (time.millis() > end) {
        throw new Transaction.Jam();
      }
      sleep(null, dice.from(1, 20));
    }
  }

  /** An action takes its time; most give up when they are told to. */
  void hang(Node node, Invocation invocation, long millis) {
    Fibers.Fiber me = fibers.current();
    boolean listens = dice.percent(70);
    boolean[] awake = {false};
    Runnable wake =
        () -> {
          if (!awake[0]) {
            awake[0] = true;
            resume(me);
          }
        };
    time.in(millis, node, "action goes on", wake);
    if (listens) {
      invocation
          .cancellation()
          .onCancel(() -> time.in(dice.below(1000), node, "action gives up", wake));
    }
    fibers.park();
  }

  void committed(Node node, List<Transaction.Change> changes) {
    laws.committed(changes);
    changes.forEach(
        change -> {
          if (change.before() == null && change.after() instanceof Breaker opened) {
            wardens.opened(opened);
          }
        });
    if (changes.stream().anyMatch(change -> change.table() == store.letters)) {
      nodes.forEach(Node::look);
    }
    if (changes.stream().anyMatch(change -> change.table() == store.messages)) {
      nodes.forEach(Node::carry);
    }
  }

  /** Something was thrown where work for the store, or a fiber, ends. */
  void threw(Throwable thrown) {
    if (!(thrown instanceof StoreUnavailable
        || thrown instanceof OrderRefused
        || thrown instanceof Runs.StaleEpoch)) {
      StringBuilder text = new StringBuilder("it threw " + thrown);
      for (int i = 0; i < Math.min(8, thrown.getStackTrace().length); i++) {
        text.append("\n    at ").append(thrown.getStackTrace()[i]);
      }
      broken(text.toString());
    }
  }

  void broken(String what) {
    trace("BROKEN: " + what);
    broken.add(what);
  }

  void trace(String what) {
    trace(() -> what);
  }

  void trace(Supplier<String> what) {
    if (trace != null) {
      trace.add(time.instant() + " " + what.get());
    }
  }

  /** What happened, one line each. */
  List<String> told() {
    return trace == null ? List.of() : trace;
  }
}
