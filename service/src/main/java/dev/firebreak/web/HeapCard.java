package dev.firebreak.web;

import dev.firebreak.engine.Backlog;
import dev.firebreak.guard.HaltedChange;
import java.util.List;

/**
 * What piled up for one scope while it was off.
 *
 * @param more how many runs are not listed
 * @param may whether who looks may choose
 */
record HeapCard(
    String scope,
    String words,
    boolean off,
    int count,
    String counts,
    List<Line> lines,
    int more,
    boolean anyMore,
    boolean may) {
  private static final int LISTED = 20;

  record Line(String href, String runbook, String step, boolean live) {}

  static HeapCard of(Backlog.Heap heap, boolean may) {
    List<HaltedChange> runs = heap.runs();
    return new HeapCard(
        heap.scope().asText(),
        heap.scope().inWords(),
        heap.off(),
        runs.size(),
        "%d %s: %d can go on, %d %s ended"
            .formatted(
                runs.size(),
                runs.size() == 1 ? "run" : "runs",
                heap.live(),
                runs.size() - heap.live(),
                runs.size() - heap.live() == 1 ? "has" : "have"),
        runs.stream().limit(LISTED).map(HeapCard::line).toList(),
        runs.size() - LISTED,
        runs.size() > LISTED,
        may);
  }

  private static Line line(HaltedChange change) {
    return new Line("/runs/" + change.runId(), change.runbook(), change.step(), change.live());
  }
}
