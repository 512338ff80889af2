/** More and more lines in the timeline of one incident. */
final class TimelineGrowth implements Subject {
  private static final String UNIT = "ms, median";

  private final Grown grown = new Grown();
  private String incident = "";

  TimelineGrowth() throws Exception {}

  @Override
  public String title() {
    return "lines in one timeline";
  }

  @Override
  public void measure(int size, Plot plot) throws Exception {
    if (incident.isEmpty()) {
      grown.start();
      String run = grown.begin("GrowthLong");
      incident = grown.incident(run);
      grown.service.stop();
    }
    try (Copies copies = grown.copies()) {
      copies.lines(incident, size);
    }
    grown.start();
    String path = "/incidents/" + incident;
    plot.add(UNIT, "page: the incident", size, grown.page(path));
    plot.add(UNIT, "page: its first lines", size, grown.page(path + "?before=50"));
    plot.add(UNIT, "API: the incident", size, grown.answer(path));
    plot.add(UNIT, "API: 100 lines", size, grown.answer(path + "/timeline?limit=100"));
    plot.add(
        UNIT,
        "one more line, durably",
        size,
        Grown.median(() -> grown.post(path + "/notes", "{\"text\": \"one more\"}")));
    plot.add("ms, median ", "page: its postmortem", size, grown.page(path + "/postmortem"));
    grown.service.stop();
  }

  @Override
  public void close() throws Exception {
    grown.close();
  }
}
