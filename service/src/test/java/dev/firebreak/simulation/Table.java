package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Rows of one kind by key, as transactions see them: what is committed, and what they wrote.
 *
 * @param number its place among the tables of its store
 */
record Table<V>(String name, int number) {
  /** There is such a row already. */
  static final class Duplicate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Duplicate(String message) {
      super(message);
    }
  }

  Optional<V> get(Tx tx, String key) {
    return Optional.ofNullable(MemoryTx.of(tx).get(this, key));
  }

  /** Waits until no other transaction holds this row. */
  void lock(Tx tx, String key) {
    MemoryTx.of(tx).lock(this, key);
  }

  void put(Tx tx, String key, V row) {
    MemoryTx.of(tx).put(this, key, row);
  }

  /** Adds a row unless there is one; waits for a transaction that is about to add it. */
  boolean add(Tx tx, String key, V row) {
    lock(tx, key);
    if (get(tx, key).isPresent()) {
      return false;
    }
    put(tx, key, row);
    return true;
  }

  /** Adds a row. */
  void insert(Tx tx, String key, V row) {
    if (!add(tx, key, row)) {
      throw new Duplicate(name + " has a row '" + key + "' already");
    }
  }

  void remove(Tx tx, String key) {
    MemoryTx.of(tx).put(this, key, null);
  }

  /** By key. */
  Stream<V> rows(Tx tx) {
    return all(tx).values().stream();
  }

  SortedMap<String, V> all(Tx tx) {
    return MemoryTx.of(tx).rows(this);
  }

  /** The rows whose key begins like this, by key. */
  List<V> under(Tx tx, String prefix) {
    return List.copyOf(all(tx).subMap(prefix, prefix + '\uffff').values());
  }
}
