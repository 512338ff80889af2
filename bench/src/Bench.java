import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The benchmark: this process sends and answers, the service is another one. See README.md. */
public final class Bench {
  static final int IN_FLIGHT = 50;
  static final int SENDERS = 64;

  final Options options;
  final Table table = new Table();
  final Stub stub = new Stub();

  /** The PostgreSQL that was started here, or null. */
  Postgres postgres;

  /** What is measured now. */
  Site site;

  Load load;
  private final long begun = System.nanoTime();
  private final List<Site> sites = new ArrayList<>();
  private Path database;

  private Bench(Options options) throws IOException {
    this.options = options;
  }

  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    if (options == null) {
      System.exit(2);
    }
    Bench bench = new Bench(options);
    Thread cleaner = new Thread(bench::clean, "cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    System.exit((options.train == null ? bench.run() : bench.train()) ? 0 : 1);
  }

  /** A service that ran the workflow for a while leaves behind what makes the next one fast. */
  private boolean train() throws Exception {
    fresh();
    site.nodes.getFirst().learn(options.train);
    site.start();
    stub.requestsOfOne(load.alone());
    load.closed(IN_FLIGHT, options.seconds);
    load.accepted(SENDERS, options.seconds / 4, new AtomicLong());
    load.calm();
    say("writing what was learnt");
    site.stop();
    return Files.size(options.train) > 0;
  }

  /** A site on an empty database is measured from now on; it is not started yet. */
  void fresh() throws Exception {
    site = new Site(options, stub, postgres);
    sites.add(site);
    load = new Load(stub, site);
  }

  private boolean run() throws Exception {
    try {
      table.head(options);
      if (options.postgresql && options.url == null) {
        database = Files.createTempDirectory(options.folder, "bench-postgresql-");
        postgres = new Postgres(database);
        postgres.start(options.statements);
      }
      new Starts(this).measure();
      part("closed", new ClosedLoop(this)::measure);
      part("open", new OpenLoop(this)::measure);
      part("accepted", new Accepting(this)::measure);
      part("burst", new Burst(this)::measure);
      part("memory", new Starts(this)::again);
      part("kill", new Killed(this)::measure);
      return true;
    } catch (IllegalStateException e) {
      System.err.println("bench: " + e.getMessage());
      return false;
    } finally {
      table.print();
    }
  }

  /** A part of the benchmark. */
  private interface Part {
    void measure() throws Exception;
  }

  private void part(String name, Part part) throws Exception {
    if (!options.parts.contains(name)) {
      return;
    }
    if (System.nanoTime() - begun > options.limit * 1e9) {
      table.row(name, "not measured: the %d s were over", options.limit);
    } else {
      part.measure();
    }
  }

  static void say(String what) {
    System.err.println("bench: " + what + " …");
  }

  private void clean() {
    try {
      for (Site each : sites) {
        each.clear(options.keep);
      }
      if (postgres != null) {
        postgres.kill();
      }
      if (database != null && !options.keep) {
        Site.remove(database);
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("bench: something is left in " + options.folder + ": " + e.getMessage());
    }
  }
}
