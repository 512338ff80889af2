package dev.firebreak.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One transaction as PostgreSQL's READ COMMITTED has it: it sees what is committed at the moment it
 * looks and what it wrote itself, and waits for whoever holds a row it wants to write.
 */
final class Transaction {
  /** Stands for a row that was deleted. */
  static final Object GONE = new Object();

  private final MemoryStore store;
  private final TreeMap<String, Object>[] base;
  private final @Nullable TreeMap<String, Object>[] written;
  private final boolean writing;
  private final Instant begun;
  private @Nullable Transaction waitsFor;
  private boolean over;

  /**
   * @param writing whether it may ever commit; one that only reads waits for nobody
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Transaction(MemoryStore store, TreeMap<String, Object>[] base, boolean writing) {
    this.store = store;
    this.base = base;
    this.writing = writing;
    this.begun = store.now();
    this.written = new TreeMap[base.length];
  }

  /** It would wait for who waits for it. */
  static final class Jam extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Jam() {
      super("deadlock detected");
    }
  }

  /** One row that was changed. */
  record Change(Table<?> table, String key, @Nullable Object before, @Nullable Object after) {}

  TreeMap<String, Object> written(Table<?> table) {
    TreeMap<String, Object> mine = written[table.number()];
    if (mine == null) {
      mine = new TreeMap<>();
      written[table.number()] = mine;
    }
    return mine;
  }

  @SuppressWarnings("unchecked")
  <V> @Nullable V get(Table<V> table, String key) {
    TreeMap<String, Object> mine = written[table.number()];
    Object own = mine == null ? null : mine.get(key);
    Object found = own == null ? base[table.number()].get(key) : own;
    return found == GONE ? null : (V) found;
  }

  @SuppressWarnings("unchecked")
  <V> SortedMap<String, V> rows(Table<V> table) {
    TreeMap<String, Object> mine = written[table.number()];
    if (mine == null || mine.isEmpty()) {
      return (SortedMap<String, V>) base[table.number()];
    }
    TreeMap<String, Object> seen = new TreeMap<>((SortedMap<String, Object>) base[table.number()]);
    mine.forEach(
        (key, row) -> {
          if (row == GONE) {
            seen.remove(key);
          } else {
            seen.put(key, row);
          }
        });
    return (SortedMap<String, V>) (SortedMap<String, ?>) seen;
  }

  void lock(Table<?> table, String key) {
    if (!writing) {
      return;
    }
    String row = table.name() + '/' + key;
    for (Transaction holder = store.holder(row, this);
        holder != this;
        holder = store.holder(row, this)) {
      waitsFor = holder;
      for (Transaction other = holder; other != null; other = other.waitsFor) {
        if (other == this) {
          waitsFor = null;
          throw new Jam();
        }
      }
      store.awaitEnd(holder);
      waitsFor = null;
    }
  }

  /** What the database says of the time: it stands still within a transaction. */
  Instant begun() {
    return begun;
  }

  boolean over() {
    return over;
  }

  /** Writes what it changed for good and says what that was. */
  List<Change> commit() {
    List<Change> changes = new ArrayList<>();
    synchronized (store) {
      for (Table<?> table : store.tables()) {
        TreeMap<String, Object> mine = written[table.number()];
        if (mine != null) {
          for (Map.Entry<String, Object> row : mine.entrySet()) {
            changes.add(apply(table, row.getKey(), row.getValue()));
          }
        }
      }
    }
    end();
    return changes;
  }

  private Change apply(Table<?> table, String key, Object row) {
    TreeMap<String, Object> rows = base[table.number()];
    Object before = row == GONE ? rows.remove(key) : rows.put(key, row);
    return new Change(table, key, before, row == GONE ? null : row);
  }

  /** Leaves nothing behind. */
  void rollBack() {
    end();
  }

  private void end() {
    over = true;
    store.ended(this);
  }
}
