import java.util.List;
import java.util.concurrent.Callable;

/** How cost grows with what is stored; prints tables and writes plots. See README.md. */
public final class Growth {
  private static final double LIMIT_SECONDS = 45 * 60;

  private final double scale;
  private final List<String> only;
  private final long begun = System.nanoTime();

  private Growth(String[] args) {
    scale = args.length > 0 ? Double.parseDouble(args[0]) : 1;
    only = args.length > 1 ? List.of(args).subList(1, args.length) : List.of();
  }

  public static void main(String[] args) throws Exception {
    Growth growth = new Growth(args);
    int status = 0;
    try {
      growth.measure();
    } catch (Exception e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status);
  }

  private void measure() throws Exception {
    System.out.println(Machine.line());
    measure("items", new int[] {100, 1_000, 3_000, 10_000}, ItemGrowth::new);
    measure("timeline", upTo(50_000), TimelineGrowth::new);
    measure("history", upTo(10_000), HistoryGrowth::new);
    measure("waiting", upTo(100_000), RunGrowth::waiting);
    measure("finished", upTo(1_000_000), RunGrowth::finished);
  }

  private void measure(String name, int[] sizes, Callable<Subject> subject) throws Exception {
    if (!only.isEmpty() && !only.contains(name)) {
      return;
    }
    try (Subject measured = subject.call()) {
      Plot plot = new Plot(measured.title());
      try {
        measure(name, sizes, measured, plot);
      } finally {
        plot.write(name);
      }
    }
  }

  private void measure(String name, int[] sizes, Subject measured, Plot plot) throws Exception {
    for (int all : sizes) {
      int size = Math.max(1, (int) (all * scale));
      if (System.nanoTime() - begun > LIMIT_SECONDS * 1e9) {
        System.err.println("growth: not measured for want of time: " + name + " " + size);
        break;
      }
      System.err.println("growth: " + name + " " + size);
      plot.add("how busy the machine is", "load before", size, Machine.load());
      measured.measure(size, plot);
    }
  }

  private static int[] upTo(int most) {
    return new int[] {1, most / 4, most / 2, most};
  }
}
