package dev.firebreak.simulation;

import dev.firebreak.simulation.GroupLedger.Fate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What becomes of the commits of one process: when a group begins, how long it takes, its fate. */
final class Weather implements GroupLedger.Weather {
  private final World world;
  private final Node node;
  private final Function<Node, GroupLedger> ledger;
  private boolean busy;

  Weather(World world, Node node, Function<Node, GroupLedger> ledger) {
    this.ledger = ledger;
    this.world = world;
    this.node = node;
  }

  @Override
  public void wake() {
    if (!busy) {
      busy = true;
      long delay = world.calm() ? 0 : world.dice().delay(Duration.ofMillis(200));
      world
          .time()
          .in(
              delay,
              node,
              "commit",
              () -> node.fiber("commit", this::work),
              () -> ledger.apply(node).idle());
    }
  }

  private void work() {
    ledger.apply(node).commitGroup(world.dice().from(1, 5));
    busy = false;
    if (!ledger.apply(node).idle()) {
      wake();
    }
  }

  @Override
  public void pass(String point) {
    node.pass(point);
  }

  @Override
  public Fate fate() {
    if (world.calm()) {
      return Fate.FINE;
    }
    if (world.databaseDown()) {
      return Fate.FAILS;
    }
    long slow = world.dice().oneIn(6) ? world.dice().delay(Duration.ofSeconds(15)) : 0;
    if (slow > 0) {
      world.sleep(node, slow);
    }
    return world.dice().oneIn(world.faults().badCommitOneIn()) ? bad() : Fate.FINE;
  }

  /** It fails, or its answer is lost and the database is asked until it says what became of it. */
  private Fate bad() {
    if (world.dice().oneIn(2)) {
      long until = world.time().millis() + world.dice().delay(Duration.ofSeconds(30));
      do {
        ledger.apply(node).refuseWaiting();
        world.sleep(node, 100 + world.dice().below(5_000));
      } while (world.time().millis() < until);
      return world.dice().of(Fate.FINE, Fate.FAILS);
    }
    return Fate.FAILS;
  }

  @Override
  public void committed(List<Transaction.Change> changes) {
    world.committed(node, changes);
  }

  @Override
  public void threw(Throwable thrown) {
    world.threw(thrown);
  }

  @Override
  public <T> CompletableFuture<T> promise() {
    return new Promise<>(world);
  }

  /** A future on which a fiber can wait. */
  private static final class Promise<T> extends CompletableFuture<T> {
    private final World world;

    Promise(World world) {
      this.world = world;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new Promise<>(world);
    }

    @Override
    public T join() {
      if (!isDone()) {
        Fibers.Fiber me = world.fibers().current();
        CompletableFuture<T> unused =
            whenComplete((done, fault) -> world.time().in(0, null, "join", () -> world.resume(me)));
        world.fibers().park();
      }
      return super.join();
    }
  }
}
