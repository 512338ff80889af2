package dev.firebreak.store;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What every contract needs: a database of its kind, and short words for its ledger. */
abstract class Contract {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  /** The store under test, empty but for what earlier tests of this class left. */
  abstract Ports database();

  <T> T commit(Function<Tx, T> work) {
    return database().ledger().commit(work).join();
  }

  void write(Consumer<Tx> work) {
    commit(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  boolean says(Function<Tx, Boolean> work) {
    return commit(work);
  }

  <T> Optional<T> find(Function<Tx, Optional<T>> query) {
    return read(query);
  }

  <T> List<T> list(Function<Tx, List<T>> query) {
    return read(query);
  }

  <T> T read(Function<Tx, T> query) {
    return database().ledger().read(query);
  }
}
