package dev.firebreak.outbox;

import dev.firebreak.core.Message;

/** Carries one kind of message. Thread-safe; called on virtual threads. */
public interface Courier {
  /** The {@link Message#kind} it carries. */
  String kind();

  /**
   * Whether messages of one incident are carried one after the other: needed where two at once
   * would both find nothing and both create.
   */
  default boolean oneAtATime() {
    return false;
  }

  /**
   * Delivers a message, or finds that an earlier try did. Called again with the same message after
   * a failure or a crash, so it must find before it creates. May take part in no transaction.
   *
   * @return where it went, for the record: a ticket's URL, a channel's answer
   * @throws CourierException when it was not delivered
   */
  String carry(Message message);
}
