import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * {@code kill -9} of a node while many runs are at work, half of them at their change. One node is
 * started again; of several, the others take over. Whoever had no answer sends again.
 */
final class Killed {
  private static final int PATIENCE_SECONDS = 90;
  private static final long CHANGE_MILLIS = 2_000;
  private static final long UNPROVEN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Set<String> ENDED =
      Set.of("succeeded", "mitigated", "escalated", "failed", "cancelled");
  private final Bench bench;

  Killed(Bench bench) {
    this.bench = bench;
  }

  void measure() throws Exception {
    Bench.say("kill -9");
    bench.site.stop();
    bench.fresh();
    Reader reader = new Reader(bench.site, bench.site.nodes.getFirst().token("viewer"));
    bench.site.start();
    bench.load.closed(Bench.IN_FLIGHT, bench.options.seconds / 2);
    bench.load.calm();
    String before = reader.newest();
    bench.stub.changesTake(CHANGE_MILLIS);
    List<Workflow> all = Collections.synchronizedList(new ArrayList<>());
    Thread sending = Thread.ofVirtual().start(() -> send(all));
    halfway(all);
    bench.site.nodes.getFirst().kill();
    long killed = System.nanoTime();
    Moment moment = new Moment(all);
    sending.join();
    goOn(all);
    report(all, moment, ends(reader, before, all.size()), killed);
    bench.stub.changesTake(0);
  }

  /** What was going on when it was killed. */
  private record Moment(long accepted, long changed) {
    Moment(List<Workflow> all) {
      this(count(all, workflow -> workflow.status == 202), begun(all));
    }
  }

  private static long count(List<Workflow> all, Predicate<Workflow> which) {
    return List.copyOf(all).stream().filter(which).count();
  }

  private static long begun(List<Workflow> all) {
    return count(all, workflow -> workflow.changes.get() > 0);
  }

  private void send(List<Workflow> all) {
    try {
      bench.load.atOnce(bench.options.running, all);
    } catch (Exception e) {
      throw new IllegalStateException("cannot send: " + e, e);
    }
  }

  /** Waits until half of the changes have begun. */
  private void halfway(List<Workflow> all) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (begun(all) < bench.options.running / 2 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  private void goOn(List<Workflow> all) throws Exception {
    if (bench.site.nodes.size() == 1) {
      bench.site.start();
    }
    for (Workflow workflow : all) {
      if (workflow.status != 202) {
        bench.load.again(workflow);
      }
    }
  }

  /** How the runs stand: so many open, so many of these with a change that is unknown. */
  private record Stand(long open, long unknown, long since) {}

  /** Waits until all have ended; what is unknown for so long will not be proven any more. */
  private Stand ends(Reader reader, String before, int all) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Stand stand = new Stand(all, 0, System.nanoTime());
    while (stand.open > 0
        && System.nanoTime() < end
        && (stand.unknown < stand.open || System.nanoTime() - stand.since < UNPROVEN_NANOS)) {
      Thread.sleep(200);
      Map<String, String> runs = reader.runs(before);
      long open = all - runs.values().stream().filter(ENDED::contains).count();
      long unknown = 0;
      for (Map.Entry<String, String> run : runs.entrySet()) {
        unknown += !ENDED.contains(run.getValue()) && reader.unknown(run.getKey()) ? 1 : 0;
      }
      if (open != stand.open || unknown != stand.unknown) {
        stand = new Stand(open, unknown, System.nanoTime());
      }
    }
    return stand;
  }

  private void report(List<Workflow> all, Moment at, Stand stand, long killed) {
    String name = "kill -9 amid " + all.size() + " running, ";
    name += bench.site.nodes.size() == 1 ? "restarted: " : "another node takes over: ";
    Table table = bench.table;
    table.row(
        name + "not completed / remediation repeated blindly",
        "%d / %d of %d (%d accepted, %d of their changes begun when it was killed)",
        stand.open - stand.unknown,
        count(all, workflow -> workflow.changes.get() > 1),
        all.size(),
        at.accepted(),
        at.changed());
    table.row(name + "change not seen to have happened, a human is asked", "%d", stand.unknown);
    table.row(
        name + "tickets written twice", "%d", count(all, workflow -> workflow.tickets.get() > 1));
    table.row(name + "until all have ended", "%.1f s", (stand.since - killed) / 1e9);
  }
}
