import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Many webhooks at the same moment. */
final class Burst {
  private final Bench bench;

  Burst(Bench bench) {
    this.bench = bench;
  }

  void measure() throws Exception {
    Bench.say(bench.options.burst + " at once");
    List<Workflow> all = bench.load.burst(bench.options.burst);
    double[] answers = all.stream().mapToDouble(Workflow::toAnswer).toArray();
    double[] lasts = all.stream().mapToDouble(Workflow::toLast).toArray();
    String name = bench.options.burst + " webhooks at once: ";
    Table table = bench.table;
    table.row(name + "all answered", "%.2f s", Numbers.percentile(answers, 1) / 1000);
    table.row(name + "answered 202", "%d", all.stream().filter(w -> w.status == 202).count());
    table.row(
        name + "all done / half done",
        "%.2f / %.2f s",
        Numbers.percentile(lasts, 1) / 1000,
        Numbers.percentile(lasts, 0.5) / 1000);
    table.row(name + "in order", "%.0f %%", 100 * inOrder(all));
    table.row(name + "not done / changed twice", Numbers.faults(all));
    bench.load.calm();
  }

  /** How much of the half that was answered first is in the half that was done first. */
  private static double inOrder(List<Workflow> all) {
    Set<Workflow> done = firstHalf(all, Workflow::toLast);
    Set<Workflow> answered = firstHalf(all, Workflow::toAnswer);
    answered.retainAll(done);
    return (double) answered.size() / Math.max(1, done.size());
  }

  private static Set<Workflow> firstHalf(List<Workflow> all, ToDoubleFunction<Workflow> time) {
    return all.stream()
        .sorted(Comparator.comparingDouble(time))
        .limit(all.size() / 2)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
