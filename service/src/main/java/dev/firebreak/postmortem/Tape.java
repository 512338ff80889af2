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

  /** So many come next that are not here: between the beginning and the end, once it is full. */
  void skip(long lost) {
    total += lost;
  }

  /**
   * What was kept, in order.
   *
   * @param gap what stands for so many that were not
   */
  List<T> kept(LongFunction<T> gap) {
    return ends(each, gap);
  }

  /**
   * The beginning and the end of what was kept, in order.
   *
   * @param most how many of each end at the most
   * @param gap what stands for so many that are left out
   */
  List<T> ends(int most, LongFunction<T> gap) {
    List<T> kept = new ArrayList<>(head);
    kept.addAll(tail);
    int shown = (int) Math.min(total, 2L * Math.min(most, each));
    if (shown == total) {
      return kept;
    }
    List<T> ends = new ArrayList<>(kept.subList(0, shown / 2));
    ends.add(gap.apply(total - shown));
    ends.addAll(kept.subList(kept.size() - shown / 2, kept.size()));
    return ends;
  }
}
