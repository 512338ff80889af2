package dev.firebreak.core;

/**
 * One open transaction. Ports take it as their first argument; only the store knows what is inside.
 * Used by the thread that was handed it, never kept.
 */
public interface Tx {
  /**
   * Runs {@code effect} once the transaction is durable, and never if it is not.
   *
   * @param effect must be short and must not throw: it runs on the committing thread
   */
  void afterCommit(Runnable effect);

  /**
   * Runs {@code regret} once it is sure that nothing of this work stands: for whoever keeps in
   * memory what the database holds. A ledger whose works never fail need not do anything.
   *
   * @param regret must be short and must not throw: it runs on the committing thread
   */
  default void onRollback(Runnable regret) {}
}
