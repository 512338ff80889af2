package dev.firebreak.outbox;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps messages. Thread-safe. */
public interface Outbox {
  /**
   * Adds a message, due at once; one whose key is there already is left alone. This node carries
   * it, unless another one carries what its incident still waits for of that kind.
   *
   * @return the message as it is kept, if it is new and this node's to carry
   */
  Optional<Entry> add(Tx tx, Message message, String incidentId, Instant now);

  /** Undelivered messages that are due and this node's, oldest first. */
  List<Entry> due(Tx tx, Instant now, int limit);

  /**
   * Undelivered messages of one kind that are due and this node's, oldest first: a kind that is
   * stuck hides no other.
   */
  List<Entry> due(Tx tx, String kind, Instant now, int limit);

  /** When the next undelivered message of this node is due. */
  Optional<Instant> nextDue(Tx tx);

  /**
   * Makes some of what nodes left whose lease is over this node's.
   *
   * @return how many messages; more may be left
   */
  int takeOver(Tx tx);

  /** Says that a message was delivered. */
  void delivered(Tx tx, String key, String receipt, Instant at);

  /** Says that a try failed; it is due again at {@code next}, or never when null. */
  void failed(Tx tx, String key, String error, @Nullable Instant next, Instant at);

  /** Messages that were given up or failed at least once and are not delivered, oldest first. */
  List<Entry> undelivered(Tx tx, int limit);

  /** All messages of an incident, oldest first. */
  List<Entry> ofIncident(Tx tx, String incidentId);

  /** The last so many messages of an incident, newest first; no others are read. */
  List<Entry> newest(Tx tx, String incidentId, int limit);

  /**
   * A kept message.
   *
   * @param attempts tries so far
   * @param dueAt next try, null when delivered or given up
   * @param deliveredAt null while undelivered
   * @param receipt what the courier returned, null while undelivered
   * @param lastError of the last failed try, or null
   */
  record Entry(
      Message message,
      String incidentId,
      Instant createdAt,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable Instant deliveredAt,
      @Nullable String receipt,
      @Nullable String lastError) {
    /** One that was just added. */
    public static Entry added(Message message, String incidentId, Instant now) {
      return new Entry(message, incidentId, now, 0, now, null, null, null);
    }
  }
}
