package dev.firebreak.postmortem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/** The beginning and the end of a long record; what lies between is counted. Used by one thread. */
final class Tape<T> {
  private final int each;
  private final List<T> head = new ArrayList<>();
  private final Deque<T> tail = new ArrayDeque<>();
  private long total;

  /**
   * @param each how many are kept of each end
   */
  Tape(int each) {
    this.each = each;
  }

  static <T> Tape<T> of(int each, List<T> all) {
    Tape<T> tape = new Tape<>(each);
    all.forEach(tape::add);
    return tape;
  }

  void add(T next) {
    total++;
    if (head.size() < each) {
      head.add(next);
      return;
    }
    tail.add(next);
    if (tail.size() > each) {
      tail.removeFirst();
    }
  }

  /** How many were added. */
  long total() {
    return total;
  }

  /**
   * What was kept, in order.
   *
   * @param gap what stands for so many that were not
   */
  List<T> kept(LongFunction<T> gap) {
    List<T> kept = new ArrayList<>(head);
    long lost = total - head.size() - tail.size();
    if (lost > 0) {
      kept.add(gap.apply(lost));
    }
    kept.addAll(tail);
    return kept;
  }
}
