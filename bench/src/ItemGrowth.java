/** One run that changes more and more items of a list. */
final class ItemGrowth implements Subject {
  private static final int WARM = 500;

  private final Grown grown = new Grown();
  private int number;

  ItemGrowth() throws Exception {
    grown.start();
    grown.endOfNewest(begin(WARM));
    grown.endOfNewest(begin(WARM));
  }

  @Override
  public String title() {
    return "items of one foreach";
  }

  private String begin(int items) throws Exception {
    return grown.begin("GrowthEach", items + "-" + number++);
  }

  @Override
  public void measure(int size, Plot plot) throws Exception {
    double before = grown.service.cpuSeconds();
    long begun = System.nanoTime();
    String run = begin(size);
    grown.endOfNewest(run);
    double wall = (System.nanoTime() - begun) / 1e9;
    double processor = grown.service.cpuSeconds() - before;
    if (!grown.status(run).equals("mitigated")) {
      throw new IllegalStateException(grown.get("/runs/" + run).path("why").toString());
    }
    plot.add("s by the clock", "all items, by the clock", size, wall);
    plot.add("s of processor time", "all items, processor time", size, processor);
    plot.add("ms of processor time for each item", "an item", size, processor * 1000 / size);
    String incident = grown.incident(run);
    grown.page(plot, "the run", size, "/runs/" + run);
    grown.page(plot, "the incident", size, "/incidents/" + incident);
    grown.answer(plot, "the run", size, "/runs/" + run);
    plot.add("MB", "resident memory", size, grown.service.megabytes("VmRSS"));
  }

  @Override
  public void close() throws Exception {
    grown.close();
  }
}
