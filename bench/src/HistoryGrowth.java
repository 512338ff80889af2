/** More and more past episodes of one alert that comes and goes. */
final class HistoryGrowth implements Subject {
  private static final int NUMBER = 1_000_000;

  private final Grown grown = new Grown();
  private String incident = "";
  private int there = 1;

  HistoryGrowth() throws Exception {}

  @Override
  public String title() {
    return "past episodes of one alert";
  }

  @Override
  public void measure(int size, Plot plot) throws Exception {
    if (incident.isEmpty()) {
      grown.start();
      incident = grown.incident(grown.deliver("GrowthLong", "history", NUMBER));
      grown.service.stop();
    }
    try (Copies copies = grown.copies()) {
      copies.episodes(incident, there, size);
    }
    there = Math.max(there, size);
    grown.start();
    grown.asked(
        plot,
        "webhook that says it again",
        size,
        () -> grown.deliver("GrowthLong", "history", NUMBER));
    grown.page(plot, "its incident", size, "/incidents/" + incident);
    grown.service.stop();
  }

  @Override
  public void close() throws Exception {
    grown.close();
  }
}
