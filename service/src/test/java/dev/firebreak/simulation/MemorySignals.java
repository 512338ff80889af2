package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Signal;
import dev.firebreak.run.Signals;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Signals in memory. */
final class MemorySignals implements Signals {
  private final MemoryStore store;

  MemorySignals(MemoryStore store) {
    this.store = store;
  }

  /** A signal, and the step that took it, or null. */
  record Kept(Signal signal, @Nullable String takenBy) {}

  private Stream<Map.Entry<String, Kept>> of(Tx tx, String runId) {
    return store.signals.all(tx).entrySet().stream()
        .filter(it -> it.getValue().signal().runId().equals(runId));
  }

  @Override
  public Optional<Signal> find(Tx tx, String runId, String key) {
    return of(tx, runId)
        .map(it -> it.getValue().signal())
        .filter(it -> key.equals(it.key()))
        .findFirst();
  }

  @Override
  public void keep(Tx tx, Signal signal) {
    if (signal.key() != null) {
      store.signalKeys.insert(tx, signal.runId() + '|' + signal.key(), signal.id());
    }
    store.signals.insert(tx, store.nextPlace(), new Kept(signal, null));
  }

  @Override
  public int untaken(Tx tx, String runId) {
    return (int) of(tx, runId).filter(it -> it.getValue().takenBy() == null).count();
  }

  @Override
  public int sent(Tx tx, String runId) {
    return (int) of(tx, runId).count();
  }

  @Override
  public Optional<Signal> take(Tx tx, String runId, String name, String step) {
    for (Map.Entry<String, Kept> it : of(tx, runId).toList()) {
      Signal signal = it.getValue().signal();
      store.signals.lock(tx, it.getKey());
      boolean free =
          store.signals.get(tx, it.getKey()).filter(now -> now.takenBy() == null).isPresent();
      if (free && signal.name().equals(name)) {
        store.signals.put(tx, it.getKey(), new Kept(signal, step));
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
