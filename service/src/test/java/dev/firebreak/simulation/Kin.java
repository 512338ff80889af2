package dev.firebreak.simulation;

import dev.firebreak.run.Parent;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.Signal;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What must hold between runs that call one another, and between signals and who waits for them.
 */
final class Kin {
  private static final Duration SLOW = Duration.ofMinutes(2);

  private final World world;
  private final Laws laws;
  private final Map<Object, String> heard = new HashMap<>();

  Kin(World world, Laws laws) {
    this.world = world;
    this.laws = laws;
  }

  private List<Run> called(MemoryTx now, Predicate<Parent> by) {
    return world.store().runs.rows(now).filter(run -> run.parent().filter(by).isPresent()).toList();
  }

  /** A run may change what it holds itself, or what a run holds that had it begin. */
  boolean mayChange(MemoryTx now, Run run, String target) {
    return world
        .store()
        .locks
        .get(now, target)
        .filter(holder -> holder.equals(run.id()) || run.calledBy(holder))
        .isPresent();
  }

  /** A run was called. */
  void begins(MemoryTx now, Run child) {
    child
        .parent()
        .ifPresent(
            mine ->
                laws.check(
                    called(now, it -> it.run().equals(mine.run()) && it.step().equals(mine.step()))
                            .stream()
                            .filter(run -> !run.status().ended())
                            .count()
                        <= 1,
                    "a step calls two runs at once: %s/%s".formatted(mine.run(), mine.step())));
  }

  void ended(MemoryTx now, Run run) {
    for (Run child : called(now, it -> it.run().equals(run.id()))) {
      laws.check(
          child.status().ended(),
          "a run ended before one it called: %s, %s".formatted(run.id(), child.id()));
    }
  }

  /** A step ended well. */
  void succeeds(MemoryTx now, Run run, StepRun step) {
    if (step.id().contains("call")) {
      laws.check(
          called(now, it -> it.run().equals(run.id()) && it.step().equals(step.id())).stream()
              .anyMatch(child -> well(child.status())),
          "a step that called succeeds, and none that it called did: %s/%s"
              .formatted(run.id(), step.id()));
    }
    Object nonce = step.output().get("nonce");
    if (nonce != null && step.id().contains(PatientBooks.WORD)) {
      String place = run.id() + '/' + step.id();
      String before = heard.put(nonce, place);
      laws.check(before == null, "a signal wakes twice: %s and %s".formatted(before, place));
      laws.check(
          kept(now, run)
              .anyMatch(
                  it ->
                      nonce.equals(it.signal().body().get("nonce"))
                          && step.id().equals(it.takenBy())),
          "a step has a signal that it did not take: " + place);
    }
  }

  private static boolean well(RunStatus status) {
    return status == RunStatus.SUCCEEDED || status == RunStatus.MITIGATED;
  }

  private java.util.stream.Stream<MemorySignals.Kept> kept(MemoryTx now, Run run) {
    return world.store().signals.rows(now).filter(it -> it.signal().runId().equals(run.id()));
  }

  void signal(MemorySignals.Kept before, MemorySignals.Kept after) {
    laws.check(
        before.takenBy() == null || before.takenBy().equals(after.takenBy()),
        "a signal is taken twice: " + after.signal().id());
  }

  /** Nobody waits in vain for a signal that was there. */
  void atTheEnd(MemoryTx now, Instant calm) {
    for (Run run : world.store().runs.rows(now).toList()) {
      List<Signal> untaken =
          kept(now, run)
              .filter(it -> it.takenBy() == null)
              .map(MemorySignals.Kept::signal)
              .toList();
      for (StepRun step : run.steps().values()) {
        if (step.id().contains(PatientBooks.WORD)
            && step.state() instanceof StepState.Ended ended
            && ended.why().code().equals("wait-expired")) {
          Instant opened = Objects.requireNonNullElse(step.openedAt(), ended.at());
          laws.check(
              untaken.stream()
                  .noneMatch(
                      signal ->
                          signal.at().isAfter(calm.plus(SLOW))
                              && opened.isBefore(signal.at())
                              && signal.at().isBefore(ended.at().minus(SLOW))),
              "a signal is lost: %s/%s".formatted(run.id(), step.id()));
        }
      }
    }
  }
}
