import java.util.List;

/** Many webhooks at the same moment. */
final class Burst {
  private final Bench bench;

  Burst(Bench bench) {
    this.bench = bench;
  }

  void measure() throws Exception {
    Bench.say(bench.options.burst + " at once");
    List<Workflow> all = bench.load.burst(bench.options.burst);
    double[] answers = all.stream().mapToDouble(Workflow::toAnswer).toArray();
    double[] lasts = all.stream().mapToDouble(Workflow::toLast).toArray();
    String name = bench.options.burst + " webhooks at once: ";
    Table table = bench.table;
    table.row(name + "all answered", "%.2f s", Numbers.percentile(answers, 1) / 1000);
    table.row(name + "answered 202", "%d", all.stream().filter(w -> w.status == 202).count());
    table.row(
        name + "all done / half done",
        "%.2f / %.2f s",
        Numbers.percentile(lasts, 1) / 1000,
        Numbers.percentile(lasts, 0.5) / 1000);
    table.row(name + "not done / changed twice", Numbers.faults(all));
    bench.load.calm();
  }
}
