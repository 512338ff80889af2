package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.Breakers;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Breakers in memory; whoever opens, closes or asks for them stands in the line of deciders. */
final class MemoryBreakers implements Breakers {
  private final MemoryStore store;

  MemoryBreakers(MemoryStore store) {
    this.store = store;
  }

  /** A fix that did not help. */
  record Failure(String runbook, String key, Instant at) {}

  @Override
  public boolean add(Tx tx, Breaker breaker) {
    MemoryIntents.lineUp(store, tx);
    if (!store.breakerKeys.add(tx, breaker.key(), breaker.id())) {
      return false;
    }
    store.breakers.insert(tx, breaker.id(), breaker);
    return true;
  }

  @Override
  public List<Breaker> open(Tx tx) {
    MemoryIntents.lineUp(store, tx);
    return store
        .breakers
        .rows(tx)
        .filter(breaker -> breaker.end() == null)
        .sorted(Comparator.comparing(Breaker::openedAt).thenComparing(Breaker::id))
        .toList();
  }

  @Override
  public Optional<Breaker> find(Tx tx, String id) {
    return store.breakers.get(tx, id);
  }

  @Override
  public void tries(Tx tx, String id, Breaker.@Nullable Trial trial, Instant retryAt) {
    MemoryIntents.lineUp(store, tx);
    isOpen(tx, id).ifPresent(it -> store.breakers.put(tx, id, with(it, retryAt, trial, null)));
  }

  @Override
  public boolean close(Tx tx, String id, Breaker.End end) {
    MemoryIntents.lineUp(store, tx);
    Optional<Breaker> open = isOpen(tx, id);
    open.ifPresent(
        it -> {
          store.breakers.put(tx, id, with(it, it.retryAt(), it.trial(), end));
          store.breakerKeys.remove(tx, it.key());
        });
    return open.isPresent();
  }

  private Optional<Breaker> isOpen(Tx tx, String id) {
    return store.breakers.get(tx, id).filter(breaker -> breaker.end() == null);
  }

  private static Breaker with(
      Breaker it,
      @Nullable Instant retryAt,
      Breaker.@Nullable Trial trial,
      Breaker.@Nullable End end) {
    return new Breaker(
        it.id(),
        it.kind(),
        it.runbook(),
        it.subject(),
        it.owner(),
        it.why(),
        it.incidentId(),
        it.openedAt(),
        retryAt,
        trial,
        end);
  }

  @Override
  public List<Breaker> history(Tx tx, int limit) {
    return store
        .breakers
        .rows(tx)
        .sorted(Comparator.comparing(Breaker::id).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public void failed(Tx tx, String runbook, List<String> keys, String incidentId, Instant at) {
    MemoryIntents.lineUp(store, tx);
    keys.stream()
        .distinct()
        .forEach(
            key -> store.failedFixes.insert(tx, store.nextPlace(), new Failure(runbook, key, at)));
  }

  @Override
  public void helped(Tx tx, String runbook, List<String> keys) {
    MemoryIntents.lineUp(store, tx);
    Map.copyOf(store.failedFixes.all(tx))
        .forEach(
            (place, failure) -> {
              if (failure.runbook().equals(runbook) && keys.contains(failure.key())) {
                store.failedFixes.remove(tx, place);
              }
            });
  }

  @Override
  public int alarmed(Tx tx, String group, String member, Instant since, Instant at) {
    MemoryIntents.lineUp(store, tx);
    store.groupAlarms.put(tx, group + '/' + member, at);
    return (int)
        store.groupAlarms.under(tx, group + '/').stream()
            .filter(alarm -> !alarm.isBefore(since))
            .count();
  }

  @Override
  public void calm(Tx tx, String group) {
    MemoryIntents.lineUp(store, tx);
    Map.copyOf(store.groupAlarms.all(tx)).keySet().stream()
        .filter(key -> key.startsWith(group + '/'))
        .forEach(key -> store.groupAlarms.remove(tx, key));
  }

  @Override
  public int failures(Tx tx, String runbook, String key, Instant since) {
    return (int)
        store
            .failedFixes
            .rows(tx)
            .filter(it -> it.runbook().equals(runbook) && it.key().equals(key))
            .filter(it -> it.at().isAfter(since))
            .count();
  }
}
