import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What was asked for on the command line; {@link #read} sets it, everybody else only reads. */
final class Options {
  private static final String USAGE =
      "use: bench/run [--database h2|postgresql] [--url postgresql://user@host:5432/name] [--nodes"
          + " 1] [--parts closed,open,accepted,burst,memory,kill] [--seconds 10] [--warm 60]"
          + " [--rates 50,200] [--burst 2000] [--running 200] [--starts 3] [--limit 360] [--folder"
          + " /tmp] [--statements] [--keep]\n"
          + "     bench/run --train FILE";

  double seconds = 10;
  double warm = 60;
  List<Integer> rates = List.of(50, 200);
  int burst = 2_000;
  int running = 200;
  int starts = 3;
  int limit = 360;
  int nodes = 1;
  boolean postgresql;
  List<String> parts = List.of("closed", "open", "accepted", "burst", "memory", "kill");
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));
  boolean keep;
  boolean statements;

  /** A database that is there already, or null. */
  String url;

  /** Where the AOT cache goes, or null to measure. */
  Path train;

  private Options() {}

  /** Null, after saying why, when they are not understood. */
  static Options of(String[] args) {
    Options options = new Options();
    try {
      for (int i = 0; i < args.length; i++) {
        i += options.read(args[i], i + 1 < args.length ? args[i + 1] : "");
      }
      options.check();
    } catch (RuntimeException e) {
      System.err.println("bench: " + e.getMessage() + "\n" + USAGE);
      return null;
    }
    return options;
  }

  /** Takes one option; returns how many further words it took. */
  private int read(String name, String value) {
    switch (name) {
      case "--keep" -> keep = true;
      case "--statements" -> statements = true;
      default -> {
        with(name, value);
        return 1;
      }
    }
    return 0;
  }

  private void with(String name, String value) {
    switch (name) {
      case "--seconds" -> seconds = Double.parseDouble(value);
      case "--warm" -> warm = Double.parseDouble(value);
      case "--rates" -> rates = words(value).stream().map(Integer::valueOf).toList();
      case "--parts" -> parts = words(value);
      case "--burst" -> burst = Integer.parseInt(value);
      case "--running" -> running = Integer.parseInt(value);
      case "--starts" -> starts = Math.max(1, Integer.parseInt(value));
      case "--limit" -> limit = Integer.parseInt(value);
      case "--nodes" -> nodes = Integer.parseInt(value);
      case "--folder" -> folder = Path.of(value);
      case "--database" -> postgresql = List.of("h2", "postgresql").indexOf(value) == 1;
      case "--train" -> train = Path.of(value).toAbsolutePath();
      case "--url" -> {
        url = value;
        postgresql = true;
        starts = 1;
      }
      default -> throw new IllegalArgumentException(name + " is not an option");
    }
  }

  private void check() {
    if (nodes < 1 || (nodes > 1 && !postgresql)) {
      throw new IllegalArgumentException("several nodes need --database postgresql");
    }
    starts = url == null ? starts : 1;
  }

  private static List<String> words(String value) {
    return Arrays.asList(value.split(","));
  }
}
