package dev.firebreak.guard.freeze;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the freezes that were made while the service ran, and what was lifted. Thread-safe. */
public interface Freezes {
  /** Adds a freeze of a new id; whoever decides on a change later sees it. */
  void add(Tx tx, Freeze freeze);

  /**
   * Ends a freeze.
   *
   * @return whether there was one of this id that had not ended
   */
  boolean end(Tx tx, String id, Freeze.End end);

  /** Lifts a freeze for a while. */
  void lift(Tx tx, Freeze.Lift lift);

  /** Those that were not ended and are not over; oldest first. */
  List<Freeze> standing(Tx tx, Instant now);

  /** What is lifted at this moment; oldest first. */
  List<Freeze.Lift> lifts(Tx tx, Instant now);

  /** All freezes ever made here, newest first. */
  List<Freeze> history(Tx tx, int limit);

  /** A freeze, or empty when there is none of this id. */
  Optional<Freeze> find(Tx tx, String id);
}
