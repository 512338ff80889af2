package dev.firebreak.store;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The threads that write and read one database. Thread-safe. */
final class Ledgers {
  private static final int ASIDE = 100;

  private final boolean shared;
  private final GroupCommit committer;
  private final GroupCommit beside;
  private final Readers readers;
  private final Ledger ledger;

  /** Starts them. */
  Ledgers(Source source, DatabaseSettings settings) {
    shared = source.dialect().shared();
    Connections connections = new Connections(source.connections(), source.dialect());
    committer = new GroupCommit("committer", connections, settings.queue()).start();
    beside =
        new GroupCommit(
            "committer-aside", new Connections(source.hasty(), source.dialect()), ASIDE);
    if (shared) {
      beside.start();
    }
    readers = new Readers(connections, settings.readers(), settings.readTimeout()).start();
    ledger = new Both(committer, readers);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Has a thread and a connection of its own if the database bears two; else the same. */
  Ledger aside() {
    return shared ? new Both(beside, readers) : ledger;
  }

  /** What is wrong, while the last commit failed; empty when all is well. */
  Optional<StoreUnavailable> fault() {
    return committer.fault();
  }

  /** How many works wait to be committed. */
  int waiting() {
    return committer.waiting();
  }

  /** Commits what waits, and refuses what comes. */
  void stop() {
    committer.stop();
    if (shared) {
      beside.stop();
    }
    readers.stop();
  }

  /** Commits on one thread, reads on others. */
  private record Both(GroupCommit writer, Readers readers) implements Ledger {
    @Override
    public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
      return writer.commit(work);
    }

    @Override
    public <T> T read(Function<Tx, T> query) {
      return readers.read(query);
    }
  }
}
