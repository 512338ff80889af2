package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One work's part of an open transaction in memory. */
final class MemoryTx implements Tx {
  private final Transaction transaction;
  private final List<Runnable> effects = new ArrayList<>();
  private final List<Runnable> regrets = new ArrayList<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  MemoryTx(Transaction transaction) {
    this.transaction = transaction;
  }

  static MemoryTx of(Tx tx) {
    return (MemoryTx) tx;
  }

  @Override
  public void afterCommit(Runnable effect) {
    effects.add(effect);
  }

  @Override
  public void onRollback(Runnable regret) {
    regrets.add(regret);
  }

  Instant begun() {
    return transaction.begun();
  }

  List<Runnable> effects() {
    return effects;
  }

  <V> @Nullable V get(Table<V> table, String key) {
    return transaction.get(table, key);
  }

  <V> SortedMap<String, V> rows(Table<V> table) {
    return transaction.rows(table);
  }

  void lock(Table<?> table, String key) {
    transaction.lock(table, key);
  }

  <V> void put(Table<V> table, String key, @Nullable V row) {
    lock(table, key);
    TreeMap<String, Object> written = transaction.written(table);
    Object before = written.put(key, row == null ? Transaction.GONE : row);
    undo.push(
        () -> {
          if (before == null) {
            written.remove(key);
          } else {
            written.put(key, before);
          }
        });
  }

  /** Takes back what this work wrote, and only that. */
  void rollBack() {
    undo.forEach(Runnable::run);
    undo.clear();
    notStored();
  }

  /** Drops what hangs on its being stored: it is not, as far as its owner knows. */
  void notStored() {
    regrets.forEach(Runnable::run);
    regrets.clear();
    effects.clear();
  }
}
