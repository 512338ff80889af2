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
}
