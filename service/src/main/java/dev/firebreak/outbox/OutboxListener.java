package dev.firebreak.outbox;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;

/**
 * Is told what became of a message, inside the transaction that says so: for the record, and with
 * {@link Tx#afterCommit} for counters. Must be short; when it throws, the transaction is tried
 * again, the message is not carried again.
 */
public interface OutboxListener {
  /** Nobody listens. */
  OutboxListener NONE = new OutboxListener() {};

  /**
   * It is there.
   *
   * @param entry as it was before this try
   * @param receipt what the courier returned
   */
  default void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {}

  /**
   * A try failed; another follows.
   *
   * @param entry as it was before this try: {@code attempts} is 0 on the first failure
   * @param next when
   */
  default void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {}

  /** It will never be there: nobody tries again. Somebody must be told. */
  default void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {}

  /** Tells each of these, in this order. */
  static OutboxListener all(List<OutboxListener> listeners) {
    List<OutboxListener> told = List.copyOf(listeners);
    return new OutboxListener() {
      @Override
      public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
        told.forEach(one -> one.delivered(tx, entry, receipt, at));
      }

      @Override
      public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
        told.forEach(one -> one.failed(tx, entry, error, next, at));
      }

      @Override
      public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
        told.forEach(one -> one.givenUp(tx, entry, error, at));
      }
    };
  }
}
