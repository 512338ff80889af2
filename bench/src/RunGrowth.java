/** More and more runs, each with its incident, alert, delivery, timeline and intents. */
final class RunGrowth implements Subject {
  private static final int WARM = 200;
  private static final int BATCH = 100;

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
    plot.add("s by the clock", "start until a webhook is taken", size, seconds);
    takenUp(size);
    plot.add(
        "s of processor time",
        "processor time of the start, and of taking up",
        size,
        grown.service.cpuSeconds());
    Object unused = grown.cost(WARM);
    plot.add(
        "ms of processor time, one workflow",
        "one workflow of " + BATCH + " at once",
        size,
        workflow());
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
    long end = System.nanoTime() + 900_000_000_000L;
    while (!finishes() && size > 1 && !grown.service.said().contains(word)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not taken up: " + size + " runs");
      }
      Thread.sleep(100);
    }
  }

  private double workflow() throws Exception {
    return Numbers.median(grown.cost(BATCH), grown.cost(BATCH), grown.cost(BATCH));
  }

  private void pages(int size, Plot plot) throws Exception {
    String incident = grown.incident(run);
    String status = grown.status(run);
    grown.asked(
        plot,
        "webhook until its run has ended",
        size,
        () -> grown.end(grown.begin("GrowthShort"), 1));
    grown.asked(plot, "webhook that begins no run", size, () -> grown.begin("Nothing"));
    grown.page(plot, "incidents", size, "/");
    grown.page(plot, "an incident", size, "/incidents/" + incident);
    grown.page(plot, "a run", size, "/runs/" + run);
    grown.page(plot, "a runbook", size, "/runbooks/short");
    grown.page(plot, "automation", size, "/automation");
    grown.answer(plot, "runs of a status", size, "/runs?limit=50&status=" + status);
    grown.answer(plot, "runs", size, "/runs?limit=50");
    grown.answer(plot, "incidents", size, "/incidents?limit=50");
    grown.answer(plot, "deliveries", size, "/deliveries?limit=50");
  }

  @Override
  public void close() throws Exception {
    grown.close();
  }
}
