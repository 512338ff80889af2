import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The benchmark: this process sends and answers, the service is another one. See README.md. */
public final class Bench {
  private static final int IN_FLIGHT = 50;
  private static final int SENDERS = 64;

  private final long begun = System.nanoTime();
  private final Options options;
  private final Table table = new Table();
  private final List<Path> folders = new ArrayList<>();
  private final Stub stub = new Stub();
  private Service service;
  private Load load;

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
    System.exit((options.train() == null ? bench.run() : bench.train()) ? 0 : 1);
  }

  /** A service that ran the workflow for a while leaves behind what makes the next one fast. */
  private boolean train() throws Exception {
    service = fresh();
    service.learn(options.train());
    service.start();
    load = new Load(stub, service);
    stub.requestsOfOne(load.alone());
    load.closed(IN_FLIGHT, options.seconds());
    load.accepted(SENDERS, options.seconds() / 4, new AtomicLong());
    calm();
    say("writing what was learnt");
    service.stop();
    return Files.size(options.train()) > 0;
  }

  private Service fresh() throws Exception {
    Path data = Files.createTempDirectory(options.folder(), "bench-");
    folders.add(data);
    return new Service(data, stub.port());
  }

  private boolean run() throws Exception {
    table.head(options);
    try {
      starts();
      warmUp();
      part("closed loop", this::closed);
      part("open loop", this::rates);
      part("webhooks that start nothing", this::accepted);
      part("all at once", this::burst);
      part("memory and restart", this::memoryAndRestart);
      return true;
    } catch (IllegalStateException e) {
      System.err.println("bench: " + e.getMessage());
      return false;
    } finally {
      service.stop();
      table.print();
    }
  }

  /** A part of the benchmark. */
  private interface Part {
    void run() throws Exception;
  }

  private void part(String name, Part part) throws Exception {
    if (System.nanoTime() - begun > options.limit() * 1e9) {
      table.row(name, "not measured: the %d s were over", options.limit());
    } else {
      part.run();
    }
  }

  private void rates() throws Exception {
    for (int rate : options.rates()) {
      if (!open(rate)) {
        return;
      }
    }
  }

  private void starts() throws Exception {
    double[] seconds = new double[options.starts()];
    for (int i = 0; i < seconds.length; i++) {
      say("start " + (i + 1));
      service = fresh();
      seconds[i] = service.start();
      if (i < seconds.length - 1) {
        service.stop();
      }
    }
    table.row(
        "start, empty database, to first webhook accepted",
        "%.1f s (median of %d)",
        Numbers.median(seconds),
        seconds.length);
    Thread.sleep(5_000);
    table.row("resident memory, idle", "%.0f MB", service.megabytes("VmRSS"));
    load = new Load(stub, service);
  }

  private void warmUp() throws Exception {
    say("one alone, then warming up");
    long before = stub.requests.get();
    int requests = load.alone();
    stub.requestsOfOne(requests);
    table.row(
        "requests of one workflow",
        "%d, of these %d to the ticket system",
        stub.requests.get() - before,
        stub.requests.get() - before - 4);
    load.closed(IN_FLIGHT, options.seconds());
    calm();
  }

  private void closed() throws Exception {
    say("closed loop");
    double cpu = service.cpuSeconds();
    long begin = System.nanoTime();
    List<Workflow> all = load.closed(IN_FLIGHT, options.seconds());
    calm();
    cpu = service.cpuSeconds() - cpu;
    double third = options.seconds() / 3.0;
    double[] rates = new double[3];
    for (Workflow workflow : all) {
      int part = (int) ((workflow.last - begin) / 1e9 / third);
      if (workflow.last != 0 && part < rates.length) {
        rates[part] += 1 / third;
      }
    }
    long done = all.stream().filter(workflow -> workflow.last != 0).count();
    String name = "closed loop, " + IN_FLIGHT + " in flight: ";
    table.row(
        name + "workflows/s",
        "%.0f (median of thirds; %.0f, %.0f, %.0f)",
        Numbers.median(rates),
        rates[0],
        rates[1],
        rates[2]);
    table.row(name + "processor time per workflow", "%.2f ms", cpu * 1000 / Math.max(1, done));
    table.row(
        name + "webhook due to last request, p50 / p99", Numbers.spread(all, Workflow::toLast));
    table.row(name + "not done / changed twice", faults(all));
  }

  /** Whether the service kept up: all done, and the last request in good time. */
  private boolean open(int rate) throws Exception {
    say("open loop, " + rate + "/s");
    List<Workflow> all = load.open(rate, options.seconds());
    String name = "open loop, " + rate + "/s: ";
    table.row(name + "webhook due to answer, p50 / p99", Numbers.spread(all, Workflow::toAnswer));
    table.row(
        name + "webhook due to first diagnostic request, p50 / p99",
        Numbers.spread(all, Workflow::toFirstLook));
    table.row(
        name + "webhook due to ticket written (POST), p50 / p99",
        Numbers.spread(all, Workflow::toTicket));
    table.row(
        name + "webhook due to last request, p50 / p99", Numbers.spread(all, Workflow::toLast));
    table.row(name + "not done / changed twice", faults(all));
    double[] lasts = all.stream().mapToDouble(Workflow::toLast).toArray();
    boolean held =
        all.stream().allMatch(w -> w.last != 0) && Numbers.percentile(lasts, 0.99) < 2_000;
    table.row(name + "held (all done, p99 below 2 s)", held ? "yes" : "no");
    calm();
    return held;
  }

  private void accepted() throws Exception {
    say("accepting only");
    AtomicLong refused = new AtomicLong();
    double cpu = service.cpuSeconds();
    double[] took = load.accepted(SENDERS, options.seconds(), refused);
    cpu = service.cpuSeconds() - cpu;
    String name = SENDERS + " senders, no run started: ";
    table.row(
        name + "webhooks accepted durably per second", "%.0f", took.length / options.seconds());
    table.row(
        name + "answer, p50 / p99",
        "%.1f / %.1f ms",
        Numbers.percentile(took, 0.5),
        Numbers.percentile(took, 0.99));
    table.row(
        name + "processor time per webhook", "%.2f ms", cpu * 1000 / Math.max(1, took.length));
    table.row(name + "not answered 202", "%d", refused.get());
    calm();
  }

  private void burst() throws Exception {
    say(options.burst() + " at once");
    List<Workflow> all = load.burst(options.burst());
    double[] answers = all.stream().mapToDouble(Workflow::toAnswer).toArray();
    double[] lasts = all.stream().mapToDouble(Workflow::toLast).toArray();
    String name = options.burst() + " webhooks at once: ";
    table.row(name + "all answered", "%.2f s", Numbers.percentile(answers, 1) / 1000);
    table.row(name + "answered 202", "%d", all.stream().filter(w -> w.status == 202).count());
    table.row(
        name + "all done / half done",
        "%.2f / %.2f s",
        Numbers.percentile(lasts, 1) / 1000,
        Numbers.percentile(lasts, 0.5) / 1000);
    table.row(name + "not done / changed twice", faults(all));
    calm();
  }

  private void memoryAndRestart() throws Exception {
    table.row("resident memory, peak of all the above", "%.0f MB", service.megabytes("VmHWM"));
    say("restart on the full database");
    service.stop();
    table.row("start on the database of all the above", "%.1f s", service.start());
  }

  private static String faults(List<Workflow> all) {
    long undone = all.stream().filter(workflow -> workflow.last == 0).count();
    long twice = all.stream().filter(workflow -> workflow.changes.get() > 1).count();
    return Numbers.text("%d / %d of %d", undone, twice, all.size());
  }

  /** Waits until the stub is left alone for half a second, at most 30 s. */
  private void calm() throws InterruptedException {
    long seen = -1;
    for (int i = 0; i < 60 && seen != stub.requests.get(); i++) {
      seen = stub.requests.get();
      Thread.sleep(500);
    }
  }

  private static void say(String what) {
    System.err.println("bench: " + what + " …");
  }

  private void clean() {
    if (service != null) {
      service.kill();
    }
    if (options.keep()) {
      return;
    }
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        System.err.println("bench: " + folder + " is left: " + e.getMessage());
      }
    }
  }
}
