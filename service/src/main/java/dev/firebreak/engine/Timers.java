package dev.firebreak.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The waits of this node, earliest first. What they wait for is in the database; this only knows
 * when to look. Thread-safe.
 */
final class Timers {
  /** What is due at one moment goes by age: ids sort by time. */
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::runId));

  private final Map<String, Integer> queued = new HashMap<>();
  private final Set<String> over = new HashSet<>();
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
      queued.merge(due.runId(), 1, Integer::sum);
      over.remove(due.runId());
    }
    if (earlier) {
      onEarlier.run();
    }
  }

  /** A run has ended: nothing of it is due any more. What of it is queued is passed over. */
  void over(String runId) {
    synchronized (queue) {
      if (queued.containsKey(runId)) {
        over.add(runId);
      }
    }
  }

  /** Takes out what is due. */
  List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    synchronized (queue) {
      for (Due head = queue.peek(); head != null && !head.at().isAfter(now); head = queue.peek()) {
        queue.remove();
        if (!over.contains(head.runId())) {
          due.add(head);
        }
        if (queued.merge(head.runId(), -1, Integer::sum) == 0) {
          queued.remove(head.runId());
          over.remove(head.runId());
        }
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
