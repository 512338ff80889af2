package dev.firebreak.escalation;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls humans along a chain. Works inside a transaction of its caller; knows no clock. */
public interface CallDesk {
  /**
   * A call as it stands, and whom this very turn called.
   *
   * @param called people, teams or channels; empty when nobody new was called
   */
  record Opened(Escalation escalation, List<String> called) {
    public Opened {
      called = List.copyOf(called);
    }
  }

  /**
   * Opens a call and calls the first link of the chain.
   *
   * @throws IllegalArgumentException when the chain is unknown or empty; it is named
   */
  Opened open(
      Tx tx, String incidentId, String runId, String stepId, String chain, String why, Instant now);

  /**
   * Walks to the next link when the time of the last is over; called earlier, it changes nothing.
   *
   * @return empty when the chain is exhausted, or the call has ended
   */
  Optional<Opened> advance(Tx tx, String escalationId, Instant now);

  /** Ends every call of an incident: somebody took it. */
  void acknowledge(Tx tx, String incidentId, String person, Instant now);

  /** Whether a call of an incident is open, which an acknowledgement would end. */
  boolean calling(Tx tx, String incidentId);

  /** Whether somebody handed an incident over to this person, who has not taken it yet. */
  default boolean handedTo(Tx tx, String incidentId, String person) {
    return false;
  }

  /** Ends a call that nobody needs to answer any more; nothing where none is kept. */
  default void withdraw(Tx tx, String escalationId, Instant now) {}
}
