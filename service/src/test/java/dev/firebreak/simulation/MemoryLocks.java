package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Locks in memory. */
final class MemoryLocks implements Locks {
  private final Table<String> locks;

  MemoryLocks(Table<String> locks) {
    this.locks = locks;
  }

  @Override
  public Optional<String> holder(Tx tx, String target) {
    return locks.get(tx, target);
  }

  @Override
  public void take(Tx tx, String target, String runId, Instant at) {
    if (!locks.add(tx, target, runId) && !locks.get(tx, target).equals(Optional.of(runId))) {
      throw new IllegalStateException(
          "target '%s' is held by %s".formatted(target, locks.get(tx, target).orElse("?")));
    }
  }

  @Override
  public List<String> release(Tx tx, String runId) {
    List<String> held =
        locks.all(tx).entrySet().stream()
            .filter(lock -> lock.getValue().equals(runId))
            .map(Map.Entry::getKey)
            .toList();
    held.forEach(target -> locks.remove(tx, target));
    return held;
  }
}
