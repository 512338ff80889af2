package dev.firebreak.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The waits of this node, earliest first. What they wait for is in the database; this only knows
 * when to look, and of runs that go on: nothing is left of one that has ended. Thread-safe.
 */
final class Timers {
  /** What is due at one moment goes by age: ids sort by time. */
  private final TreeSet<Due> queue =
      new TreeSet<>(
          Comparator.comparing(Due::at).thenComparing(Due::runId).thenComparing(Due::stepId));

  private final Map<String, List<Due>> ofRuns = new HashMap<>();
  private volatile Runnable onEarlier = () -> {};

  /** A step to wake. */
  record Due(Instant at, String runId, String stepId) {}

  /** Calls {@code listener} whenever the next due time has become earlier. */
  void onEarlier(Runnable listener) {
    onEarlier = listener;
  }

  void add(Due due) {
    boolean earliest;
    synchronized (queue) {
      if (queue.add(due)) {
        ofRuns.computeIfAbsent(due.runId(), id -> new ArrayList<>(2)).add(due);
      }
      earliest = queue.first() == due;
    }
    if (earliest) {
      onEarlier.run();
    }
  }

  /** A run has ended: nothing of it is due any more. */
  void over(String runId) {
    synchronized (queue) {
      List<Due> of = ofRuns.remove(runId);
      if (of != null) {
        of.forEach(queue::remove);
      }
    }
  }

  /** Takes out what is due. */
  List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    synchronized (queue) {
      while (!queue.isEmpty() && !queue.first().at().isAfter(now)) {
        Due head = queue.removeFirst();
        due.add(head);
        ofRuns.computeIfPresent(
            head.runId(), (id, rest) -> rest.remove(head) && rest.isEmpty() ? null : rest);
      }
    }
    return due;
  }

  Optional<Instant> next() {
    synchronized (queue) {
      return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().at());
    }
  }

  /** How many waits there are. */
  int size() {
    synchronized (queue) {
      return queue.size();
    }
  }
}
