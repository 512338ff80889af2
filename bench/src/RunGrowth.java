/** More and more runs, each with its incident, alert, delivery, timeline and intents. */
final class RunGrowth implements Subject {
  private static final int WARM = 400;
  private static final int BATCH = 150;

  private final Grown grown = new Grown();
  private final String what;
  private final String alert;
  private String run = "";
  private int there = 1;

  private RunGrowth(String what, String alert) throws Exception {
    this.what = what;
    this.alert = alert;
  }

  static RunGrowth finished() throws Exception {
    return new RunGrowth("finished runs", "GrowthShort");
  }

  static RunGrowth waiting() throws Exception {
    return new RunGrowth("waiting runs", "GrowthLong");
  }

  @Override
  public String title() {
    return what;
  }

  @Override
  public void measure(int size, Plot plot) throws Exception {
    grow(size);
    double seconds = grown.start();
    plot.add("s", "start until a webhook is taken", size, seconds);
    takenUp(size);
    plot.add(
        "s", "processor time of the start, and of taking up", size, grown.service.cpuSeconds());
    Object unused = grown.cost(WARM);
    plot.add("ms of processor time", "one workflow of " + BATCH + " at once", size, workflow());
    pages(size, plot);
    plot.add("MB", "resident memory after that", size, grown.service.megabytes("VmRSS"));
    grown.service.stop();
  }

  private void grow(int size) throws Exception {
    if (run.isEmpty()) {
      grown.start();
      run = grown.begin(alert);
      while (!grown.status(run).equals(finishes() ? "mitigated" : "waiting")) {
        Thread.sleep(5);
      }
      grown.service.stop();
    }
    try (Copies copies = grown.copies()) {
      copies.runs(run, there, size);
    }
    there = Math.max(there, size);
  }

  private boolean finishes() {
    return alert.equals("GrowthShort");
  }

  /** Waits until all that waits was taken up by the new process. */
  private void takenUp(int size) throws Exception {
    String word = "took up " + size + " runs";
    long end = System.nanoTime() + 300_000_000_000L;
    while (!finishes() && size > 1 && !grown.service.said().contains(word)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not taken up: " + size + " runs");
      }
      Thread.sleep(100);
    }
  }

  private double workflow() throws Exception {
    return Numbers.median(
        grown.cost(BATCH), grown.cost(BATCH), grown.cost(BATCH), grown.cost(BATCH));
  }

  private void pages(int size, Plot plot) throws Exception {
    String incident = grown.incident(run);
    String status = grown.status(run);
    String unit = "ms, median";
    plot.add(
        unit,
        "webhook until its run has ended",
        size,
        Grown.median(() -> grown.end(grown.begin("GrowthShort"), 1)));
    plot.add(unit, "webhook that begins no run", size, Grown.median(() -> grown.begin("Nothing")));
    plot.add(unit, "page: incidents", size, grown.page("/"));
    plot.add(unit, "page: an incident", size, grown.page("/incidents/" + incident));
    plot.add(unit, "page: a run", size, grown.page("/runs/" + run));
    plot.add(unit, "page: a runbook", size, grown.page("/runbooks/short"));
    plot.add(unit, "page: automation", size, grown.page("/automation"));
    plot.add(unit, "API: runs of a status", size, grown.answer("/runs?limit=50&status=" + status));
    plot.add(unit, "API: runs", size, grown.answer("/runs?limit=50"));
    plot.add(unit, "API: incidents", size, grown.answer("/incidents?limit=50"));
    plot.add(unit, "API: deliveries", size, grown.answer("/deliveries?limit=50"));
  }

  @Override
  public void close() throws Exception {
    grown.close();
  }
}
