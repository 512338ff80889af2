import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param train where the AOT cache goes, or null to measure
 */
record Options(
    double seconds,
    List<Integer> rates,
    int burst,
    int starts,
    int limit,
    Path folder,
    boolean keep,
    Path train) {
  private static final String USAGE =
      "use: bench/run [--seconds 10] [--rates 50,200] [--burst 2000] [--starts 3] [--limit 150]"
          + " [--folder /tmp] [--keep]\n"
          + "     bench/run --train FILE";

  /** Null, after saying why, when they are not understood. */
  static Options of(String[] args) {
    double seconds = 10;
    List<Integer> rates = List.of(50, 200);
    int burst = 2_000;
    int starts = 3;
    int limit = 150;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    boolean keep = false;
    Path train = null;
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--seconds" -> seconds = Double.parseDouble(args[++i]);
          case "--rates" ->
              rates = Arrays.stream(args[++i].split(",")).map(Integer::valueOf).toList();
          case "--burst" -> burst = Integer.parseInt(args[++i]);
          case "--starts" -> starts = Math.max(1, Integer.parseInt(args[++i]));
          case "--limit" -> limit = Integer.parseInt(args[++i]);
          case "--folder" -> folder = Path.of(args[++i]);
          case "--keep" -> keep = true;
          case "--train" -> train = Path.of(args[++i]).toAbsolutePath();
          default -> throw new IllegalArgumentException(args[i]);
        }
      }
    } catch (RuntimeException e) {
      System.err.println(USAGE);
      return null;
    }
    return new Options(seconds, rates, burst, starts, limit, folder, keep, train);
  }
}
