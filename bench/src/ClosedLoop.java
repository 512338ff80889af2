import java.util.List;

/** So many workflows in flight, each replaced as soon as it is done. */
final class ClosedLoop {
  private static final String NAME = "closed loop, " + Bench.IN_FLIGHT + " in flight: ";
  private final Bench bench;

  ClosedLoop(Bench bench) {
    this.bench = bench;
  }

  void measure() throws Exception {
    Bench.say("closed loop");
    if (bench.options.statements && bench.postgres != null) {
      bench.postgres.forget();
    }
    double nodes = bench.site.cpuSeconds();
    double database = bench.site.databaseSeconds();
    long begin = System.nanoTime();
    List<Workflow> all = bench.load.closed(Bench.IN_FLIGHT, bench.options.seconds);
    bench.load.calm();
    nodes = bench.site.cpuSeconds() - nodes;
    database = bench.site.databaseSeconds() - database;
    long done = Math.max(1, all.stream().filter(workflow -> workflow.last != 0).count());
    rate(all, begin);
    bench.table.row(NAME + "processor time per workflow", "%.2f ms", nodes * 1000 / done);
    if (bench.options.postgresql) {
      bench.table.row(
          NAME + "processor time of PostgreSQL per workflow", "%.2f ms", database * 1000 / done);
    }
    bench.table.row(
        NAME + "webhook due to last request, p50 / p99", Numbers.spread(all, Workflow::toLast));
    bench.table.row(NAME + "not done / changed twice", Numbers.faults(all));
    if (bench.options.statements && bench.postgres != null) {
      System.err.println("calls\trows\tms per workflow\n" + bench.postgres.statements(done));
    }
  }

  private void rate(List<Workflow> all, long begin) {
    double third = bench.options.seconds / 3.0;
    double[] rates = new double[3];
    for (Workflow workflow : all) {
      int part = (int) ((workflow.last - begin) / 1e9 / third);
      if (workflow.last != 0 && part < rates.length) {
        rates[part] += 1 / third;
      }
    }
    bench.table.row(
        NAME + "workflows/s",
        "%.0f (median of thirds; %.0f, %.0f, %.0f)",
        Numbers.median(rates),
        rates[0],
        rates[1],
        rates[2]);
  }
}
