import java.util.concurrent.atomic.AtomicLong;

/** Webhooks that start nothing, from many senders. */
final class Accepting {
  private static final String NAME = Bench.SENDERS + " senders, no run started: ";
  private final Bench bench;

  Accepting(Bench bench) {
    this.bench = bench;
  }

  void measure() throws Exception {
    Bench.say("accepting only");
    AtomicLong refused = new AtomicLong();
    double nodes = bench.site.cpuSeconds();
    double database = bench.site.databaseSeconds();
    double seconds = bench.options.seconds;
    double[] took = bench.load.accepted(Bench.SENDERS, seconds, refused);
    nodes = bench.site.cpuSeconds() - nodes;
    database = bench.site.databaseSeconds() - database;
    Table table = bench.table;
    table.row(NAME + "webhooks accepted durably per second", "%.0f", took.length / seconds);
    table.row(
        NAME + "answer, p50 / p99",
        "%.1f / %.1f ms",
        Numbers.percentile(took, 0.5),
        Numbers.percentile(took, 0.99));
    int count = Math.max(1, took.length);
    table.row(NAME + "processor time per webhook", "%.2f ms", nodes * 1000 / count);
    if (bench.options.postgresql) {
      table.row(
          NAME + "processor time of PostgreSQL per webhook", "%.2f ms", database * 1000 / count);
    }
    table.row(NAME + "not answered 202", "%d", refused.get());
    bench.load.calm();
  }
}
