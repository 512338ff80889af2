import java.util.List;

/** Webhooks at fixed times, whatever came of those before. */
final class OpenLoop {
  private final Bench bench;

  OpenLoop(Bench bench) {
    this.bench = bench;
  }

  /** Each rate in turn, as long as the one before held. */
  void measure() throws Exception {
    for (int rate : bench.options.rates) {
      if (!holds(rate)) {
        return;
      }
    }
  }

  /** Whether the service kept up: all done, and the last request in good time. */
  private boolean holds(int rate) throws Exception {
    Bench.say("open loop, " + rate + "/s");
    List<Workflow> all = bench.load.open(rate, bench.options.seconds);
    String name = "open loop, " + rate + "/s: webhook due to ";
    Table table = bench.table;
    table.row(name + "answer, p50 / p99", Numbers.spread(all, Workflow::toAnswer));
    table.row(
        name + "first diagnostic request, p50 / p99", Numbers.spread(all, Workflow::toFirstLook));
    table.row(name + "ticket written (POST), p50 / p99", Numbers.spread(all, Workflow::toTicket));
    table.row(name + "last request, p50 / p99", Numbers.spread(all, Workflow::toLast));
    name = "open loop, " + rate + "/s: ";
    table.row(name + "not done / changed twice", Numbers.faults(all));
    double[] lasts = all.stream().mapToDouble(Workflow::toLast).toArray();
    boolean held =
        all.stream().allMatch(w -> w.last != 0) && Numbers.percentile(lasts, 0.99) < 2_000;
    table.row(name + "held (all done, p99 below 2 s)", held ? "yes" : "no");
    bench.load.calm();
    return held;
  }
}
