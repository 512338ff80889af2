package dev.firebreak.cluster;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Events for runs that another node advances: only the owner of a run writes it. Whoever owns the
 * run applies an event in the transaction that takes it out. Thread-safe.
 */
public interface Mail {
  /**
   * Leaves an event for whoever owns a run.
   *
   * @param by the node that leaves it
   * @return its place, by which it can be asked for
   */
  long post(Tx tx, String runId, RunEvent event, String by, Instant now);

  /** What lies there for the live runs of a node, oldest first. */
  List<Letter> of(Tx tx, String owner, int limit);

  /** Takes a letter out; false when it is gone already. */
  boolean take(Tx tx, long place);

  /** Whether a letter still lies there. */
  boolean lies(Tx tx, long place);

  /**
   * Leaves word that a letter that was taken out was not followed.
   *
   * @param why for whoever left the letter
   */
  void refuse(Tx tx, long place, Reason why, Instant now);

  /** Why a letter was not followed; empty when it was, or that is long ago. */
  Optional<Reason> refusal(Tx tx, long place);

  /**
   * Throws away what lies there for runs that have ended, and old refusals; how many letters.
   *
   * @param before how old refusals are that nobody asks for any more
   */
  int clear(Tx tx, Instant before);

  /** One event that waits for its run's owner. */
  record Letter(long place, String runId, RunEvent event) {}
}
