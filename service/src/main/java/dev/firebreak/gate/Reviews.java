package dev.firebreak.gate;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps reviews. Thread-safe. */
public interface Reviews {
  /** Adds an open review of a new id. */
  void add(Tx tx, Review review);

  /** A review, or empty when there is none of this id. */
  Optional<Review> find(Tx tx, String id);

  /** Those that are open, oldest first; at most so many. */
  List<Review> open(Tx tx, int limit);

  /** All, newest first; at most so many. */
  List<Review> newest(Tx tx, int limit);

  /** Those of a run, oldest first. */
  List<Review> ofRun(Tx tx, String runId);

  /** Says that people were told again that it is open. */
  void asked(Tx tx, String id, Instant at);

  /**
   * Closes a review.
   *
   * @return whether it was open
   */
  boolean close(Tx tx, String id, Review.End end);
}
