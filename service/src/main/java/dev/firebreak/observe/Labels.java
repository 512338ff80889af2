package dev.firebreak.observe;

import io.prometheus.client.Counter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Closed sets of label values. */
final class Labels {
  /** What a value outside its set is counted as. */
  static final String OTHER = "other";

  private Labels() {}

  /** {@code timed_out}, for {@code TIMED_OUT}. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static List<String> of(Enum<?>[] values) {
    return Arrays.stream(values).map(Labels::of).toList();
  }

  /** The value when it is one of the set, else {@link #OTHER}. */
  static String within(Set<String> known, String value) {
    return known.contains(value) ? value : OTHER;
  }

  /** Creates every series of one label at zero. */
  static void create(Counter counter, List<String> values) {
    values.forEach(counter::labels);
  }

  /** Creates every series of two labels at zero. */
  static void create(Counter counter, List<String> first, List<String> second) {
    first.forEach(one -> second.forEach(two -> counter.labels(one, two)));
  }
}
