package dev.firebreak.gate;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps gates and votes. Thread-safe. */
public interface Gates {
  /** Adds a gate of a new id. */
  void add(Tx tx, Gate gate);

  /**
   * Writes walk, expiry, status and end of a gate that is still open.
   *
   * @return false when it was not open any more: nothing was written
   */
  boolean save(Tx tx, Gate gate);

  /** Adds a vote; one for each person, a second one is refused with false. */
  boolean vote(Tx tx, String gateId, Gate.Vote vote);

  /** A gate with its votes, or empty when there is none of this id. */
  Optional<Gate> find(Tx tx, String id);

  /** As {@link #find}, once no other transaction holds the gate; until the end, this one does. */
  Optional<Gate> hold(Tx tx, String id);

  /**
   * A page, newest first.
   *
   * @param status only in this status, or null
   * @param incidentId only of this incident, or null
   */
  List<Gate> list(
      Tx tx,
      Gate.@Nullable Status status,
      @Nullable String incidentId,
      @Nullable String before,
      int limit);
}
