package dev.firebreak.runbook;

import dev.firebreak.expression.Expression;
import java.util.List;

/**
 * Does a step for every item of a list, so many at once.
 *
 * @param in yields the list when the step begins
 * @param as the name by which the step's texts and conditions know the item
 * @param concurrency how many items are at work at once, at least 1
 * @param ramp the sizes of the waves, the last of which repeats; a wave begins when the one before
 *     is over; none for one wave of all
 * @param stopAfter no item begins any more once so many failed, at least 1
 * @param mayBeEmpty whether an empty list is nothing to do, and not an error
 */
public record Foreach(
    Expression in, String as, int concurrency, List<Wave> ramp, int stopAfter, boolean mayBeEmpty) {
  public Foreach {
    ramp = List.copyOf(ramp);
  }

  /**
   * So many items, or such a part of all.
   *
   * @param size at least 1; at most 100 when it is a percentage
   */
  public record Wave(int size, boolean percent) {
    /** How many items it has, at least 1. */
    long of(int total) {
      return percent ? Math.max(1, (long) Math.ceil(total * (size / 100.0))) : size;
    }
  }

  /**
   * How many items may have begun before all of those before them are over.
   *
   * @param begun how many have begun and belong to waves that are not over
   */
  public int waveEnd(int begun, int total) {
    long end = 0;
    for (Wave wave : ramp) {
      end += wave.of(total);
      if (end >= Math.max(1, begun)) {
        return (int) Math.min(end, total);
      }
    }
    if (ramp.isEmpty()) {
      return total;
    }
    long last = ramp.getLast().of(total);
    long further = (begun - end + last - 1) / last;
    return (int) Math.min(end + further * last, total);
  }
}
