package dev.firebreak.engine;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunCommand;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A turn while it is made: what is still to be heard, and what gathers for afterwards. */
final class TurnInHand {
  /** So many new items are written before the turn is over, and only counted from then on. */
  private static final int MANY = 100;

  final Deque<RunEvent> events = new ArrayDeque<>();
  final List<RunCommand.Outside> left = new ArrayList<>();
  final Map<String, Admitted> admitted = new HashMap<>();
  final List<Locks.Waiter> next = new ArrayList<>();
  final List<Run> born = new ArrayList<>();
  final List<RunCommand.PassOn> passedOn = new ArrayList<>();
  private Run run;
  private Run written;
  private final boolean begins;
  private boolean isNew;

  TurnInHand(Run run, boolean isNew) {
    this.begins = isNew;
    this.isNew = isNew;
    this.run = run;
    this.written = run;
  }

  Run run() {
    return run;
  }

  void moved(Run to) {
    run = to;
  }

  /** Writes the run if it is not as it was written last. */
  void write(Tx tx, LiveRuns runs) {
    if (run == written) {
      return;
    }
    if (isNew) {
      runs.add(tx, run);
    } else {
      runs.save(tx, written, run);
    }
    isNew = false;
    written = run;
  }

  /** Nothing of it begins after all. */
  void giveBack() {
    admitted.values().forEach(change -> change.permit().giveBack());
  }

  /** Lets go of many items that are over: what was written need not be kept among the steps. */
  void foldMany(Tx tx, LiveRuns runs) {
    if (run.steps().size() > written.steps().size() + MANY) {
      write(tx, runs);
      run = run.folded();
      written = run;
    }
  }

  RunTurns.Turned turned() {
    List<Run> awaited = born.stream().filter(this::awaited).toList();
    return new RunTurns.Turned(
        run, begins, List.copyOf(left), admitted, List.copyOf(next), awaited, passedOn);
  }

  /** Whether a step still waits for a run: it may have been withdrawn in this very turn. */
  private boolean awaited(Run child) {
    return child
        .parent()
        .map(parent -> run.steps().get(parent.step()))
        .filter(step -> step.state() instanceof StepState.Waiting on && child.id().equals(on.ref()))
        .isPresent();
  }
}
