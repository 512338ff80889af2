package dev.firebreak.guard.breaker;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps breakers, and the fixes that did not help. Thread-safe. */
public interface Breakers {
  /**
   * Adds an open breaker; whoever decides on a change later sees it.
   *
   * @return whether none of its key was open
   */
  boolean add(Tx tx, Breaker breaker);

  /** Those that are open, oldest first. */
  List<Breaker> open(Tx tx);

  /** A breaker, or empty when there is none of this id. */
  Optional<Breaker> find(Tx tx, String id);

  /** Says what is tried at an open breaker, and from when on something is. */
  void tries(Tx tx, String id, Breaker.@Nullable Trial trial, Instant retryAt);

  /**
   * Closes a breaker.
   *
   * @return whether there was one of this id that was open
   */
  boolean close(Tx tx, String id, Breaker.End end);

  /** All there ever were, newest first. */
  List<Breaker> history(Tx tx, int limit);

  /**
   * Remembers that a fix did not help.
   *
   * @param keys what it counts for: targets, and an empty text for the runbook as a whole
   */
  void failed(Tx tx, String runbook, List<String> keys, String incidentId, Instant at);

  /** Forgets what did not help before: now it did. */
  void helped(Tx tx, String runbook, List<String> keys);

  /**
   * Remembers that a member of a group alarmed.
   *
   * @param since what alarmed last before that is forgotten
   * @return how many members did since then
   */
  int alarmed(Tx tx, String group, String member, Instant since, Instant at);

  /** Forgets who of a group alarmed. */
  void calm(Tx tx, String group);

  /** How many fixes did not help after {@code since}, since one last did. */
  int failures(Tx tx, String runbook, String key, Instant since);
}
