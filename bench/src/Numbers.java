import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Percentiles of what was measured; NaN where it was not. */
final class Numbers {
  private Numbers() {}

  static double percentile(double[] values, double share) {
    double[] sorted =
        java.util.Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  static double median(double... values) {
    return percentile(values, 0.5);
  }

  /** {@code p50 / p99 ms} of one time of workflows. */
  static String spread(Collection<Workflow> all, ToDoubleFunction<Workflow> time) {
    double[] values = all.stream().mapToDouble(time).toArray();
    return text("%.1f / %.1f ms", percentile(values, 0.5), percentile(values, 0.99));
  }

  /** {@code not done / changed twice}. */
  static String faults(Collection<Workflow> all) {
    long undone = all.stream().filter(workflow -> workflow.last == 0).count();
    long twice = all.stream().filter(workflow -> workflow.changes.get() > 1).count();
    return text("%d / %d of %d", undone, twice, all.size());
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
