/** More and more lines in the timeline of one incident. */
final class TimelineGrowth implements Subject {
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
    grown.page(plot, "the incident", size, path);
    grown.page(plot, "its first lines", size, path + "?before=50");
    grown.answer(plot, "the incident", size, path);
    grown.answer(plot, "100 lines", size, path + "/timeline?limit=100");
    grown.asked(
        plot,
        "one more line, durably",
        size,
        () -> grown.post(path + "/notes", "{\"text\": \"one more\"}"));
    grown.page(plot, "its postmortem", size, path + "/postmortem");
    grown.service.stop();
  }

  @Override
  public void close() throws Exception {
    grown.close();
  }
}
