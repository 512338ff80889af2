package dev.firebreak.simulation;

import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.LockMode;
import dev.firebreak.runbook.Rung;
import java.time.Instant;
import java.util.List;

/**
 * Who waits, who does not, and who gives way: as the author of each runbook wrote it, and never
 * once a run has changed something.
 */
final class LineLaws {
  private final World world;
  private final Laws laws;

  LineLaws(World world, Laws laws) {
    this.world = world;
    this.laws = laws;
  }

  /** The newest of those that give way goes first; judged in the transaction that decides. */
  void made(MemoryTx tx, Intent intent, Rung rung, List<String> found) {
    if (rung.lock() != LockMode.SUPERSEDE || changed(tx, intent.runId(), intent.id())) {
      return;
    }
    Instant still =
        intent.committedAt().minus(Locks.PATIENCE).plusSeconds(2L * world.parts().skew());
    boolean newer =
        world
            .store()
            .line
            .rows(tx)
            .filter(it -> intent.targets().contains(it.target()) && it.supersedes() && it.stands())
            .filter(it -> it.lookedAt().isAfter(still))
            .anyMatch(it -> it.waiter().runId().compareTo(intent.runId()) > 0);
    if (newer) {
      found.add("a run goes before a newer one that it gives way to");
    }
  }

  private boolean changed(MemoryTx tx, String run, String except) {
    return world.store().intents().ofRun(tx, run).stream()
        .anyMatch(it -> !it.id().equals(except) && !Address.of(it.step()).undoes());
  }

  void changed(MemoryTx now, Run before, Run after) {
    if (before.control().cancelled() == null
        && after.control().cancelled() != null
        && after.control().cancelled().text().contains("took the place of this run")) {
      laws.check(
          !changed(now, after.id(), ""),
          "a run gave way that has changed something: " + after.id());
    }
    for (StepRun step : after.steps().values()) {
      StepRun was = before.steps().get(step.id());
      boolean proposed = step.phase() == StepRun.Phase.CHANGE || step.phase() == StepRun.Phase.ACT;
      if (proposed && (was == null || !was.state().equals(step.state()))) {
        waits(now, after, step);
      }
    }
  }

  private void waits(MemoryTx now, Run run, StepRun step) {
    Rung rung = world.books().version(run.version()).rungOf(step.id());
    Limit limit = rung.limit();
    if (step.state() instanceof StepState.Ended over) {
      String code = over.why().code();
      laws.check(
          !code.startsWith("limit-") || limit == null || limit.over() != Limit.Over.QUEUE,
          "what waits for room is refused: %s/%s".formatted(run.id(), step.id()));
      laws.check(
          !code.equals("lock-dropped") || rung.lock() == LockMode.DROP,
          "what waits for its target is dropped: %s/%s".formatted(run.id(), step.id()));
    }
    if (step.state() instanceof StepState.Waiting waiting && waiting.what() == WaitFor.LOCK) {
      laws.check(
          rung.lock() != LockMode.DROP || changed(now, run.id(), ""),
          "what does not wait for its target waits: %s/%s".formatted(run.id(), step.id()));
    }
  }
}
