package dev.firebreak.core;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The one way to durable state. Work that waits at the same moment shares one transaction and one
 * flush to disk (group commit); it runs one piece after the other, on a thread nobody interrupts.
 * Thread-safe.
 */
public interface Ledger {
  /**
   * Queues {@code work} and completes when its effects survive {@code kill -9}.
   *
   * @param work runs once, on the committing thread; it must be short and must not block on
   *     anything but the transaction. When it throws, its own writes are rolled back, the future
   *     fails with that exception, and its neighbours in the group are not touched.
   * @return fails with {@link StoreUnavailable} when the work could not be made durable
   */
  <T> CompletableFuture<T> commit(Function<Tx, T> work);

  /**
   * Reads a committed state, on a thread nobody interrupts, and waits for the answer.
   *
   * @throws StoreUnavailable when the database does not answer in time
   */
  <T> T read(Function<Tx, T> query);
}
