package dev.firebreak.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The waits of this node, earliest first. What they wait for is in the database; this only knows
 * when to look. Thread-safe.
 */
final class Timers {
  private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
  private volatile Runnable onEarlier = () -> {};

  /** A step to wake. */
  record Due(Instant at, String runId, String stepId) {}

  /** Calls {@code listener} whenever the next due time has become earlier. */
  void onEarlier(Runnable listener) {
    onEarlier = listener;
  }

  void add(Due due) {
    boolean earlier;
    synchronized (queue) {
      Due head = queue.peek();
      earlier = head == null || due.at().isBefore(head.at());
      queue.add(due);
    }
    if (earlier) {
      onEarlier.run();
    }
  }

  /** Takes out what is due. */
  List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    synchronized (queue) {
      for (Due head = queue.peek(); head != null && !head.at().isAfter(now); head = queue.peek()) {
        due.add(head);
        queue.remove();
      }
    }
    return due;
  }

  Optional<Instant> next() {
    synchronized (queue) {
      return Optional.ofNullable(queue.peek()).map(Due::at);
    }
  }
}
