/** How long it takes until the first webhook is accepted, and how much memory it needs. */
final class Starts {
  private static final double FIRST_SECONDS = 10;

  private final Bench bench;

  Starts(Bench bench) {
    this.bench = bench;
  }

  /** On an empty database; the last one started stays. Then one workflow alone, and warming up. */
  void measure() throws Exception {
    double[] seconds = new double[bench.options.starts];
    for (int i = 0; i < seconds.length; i++) {
      Bench.say("start " + (i + 1));
      bench.fresh();
      seconds[i] = bench.site.start();
      if (i < seconds.length - 1) {
        bench.site.stop();
      }
    }
    bench.table.row(
        "start, empty database, to first webhook accepted",
        "%.1f s (median of %d)",
        Numbers.median(seconds),
        seconds.length);
    Thread.sleep(5_000);
    bench.table.row("resident memory, idle", bench.site.megabytes("VmRSS"));
    warmUp();
  }

  private void warmUp() throws Exception {
    Bench.say("one alone, then warming up");
    long before = bench.stub.requests.get();
    bench.stub.requestsOfOne(bench.load.alone());
    long requests = bench.stub.requests.get() - before;
    bench.table.row(
        "requests of one workflow", "%d, of these %d to the ticket system", requests, requests - 4);
    double first = Math.min(bench.options.warm, FIRST_SECONDS);
    long done =
        bench.load.closed(Bench.IN_FLIGHT, first).stream()
            .filter(workflow -> workflow.last != 0)
            .count();
    bench.table.row(
        "closed loop, 50 in flight, the first %.0f s after the start: workflows/s".formatted(first),
        "%.0f",
        done / first);
    bench.load.closed(Bench.IN_FLIGHT, bench.options.warm - first);
    bench.load.calm();
  }

  /** The peak so far, and a start on the database as it is now. */
  void again() throws Exception {
    bench.table.row("resident memory, peak of all the above", bench.site.megabytes("VmHWM"));
    Bench.say("restart on the full database");
    bench.site.stop();
    bench.table.row("start on the database of all the above", "%.1f s", bench.site.start());
  }
}
