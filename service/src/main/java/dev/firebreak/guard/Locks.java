package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One holder for each target, across all runbooks and nodes, and those who wait for it in line.
 * Only the end of the run that holds a target frees it. Thread-safe.
 */
public interface Locks {
  /** Who has not looked for so long is passed by those behind; its place is kept. */
  Duration PATIENCE = Duration.ofSeconds(10);

  /** The run that holds a target. */
  Optional<String> holder(Tx tx, String target);

  /** The run that this one must let go first: the holder, or who waits longer and still looks. */
  Optional<String> ahead(Tx tx, String target, String runId, Instant now);

  /**
   * The same for a run that takes the place of older ones which wait in the same way: of those who
   * wait, only the others count.
   */
  Optional<String> aheadOfNewest(Tx tx, String target, String runId, Instant now);

  /**
   * The newer run that took the place of this one, or is about to: it waits for the target in the
   * same way.
   */
  Optional<String> newer(Tx tx, String target, String runId, Instant now);

  /** Puts a step in line for a target, or says that it still waits there. */
  void await(Tx tx, String target, String runId, String stepId, Instant now);

  /**
   * Takes the place in line of all older runs that wait for the target in this way, if that is
   * before the own one. They are told when they look.
   */
  void supersede(Tx tx, String target, String runId, Instant now);

  /**
   * Takes a target that is free, or that this run holds already, and leaves its line.
   *
   * @throws IllegalStateException when another run holds it
   */
  void take(Tx tx, String target, String runId, Instant at);

  /** Who holds what, and who waits for it, the longest held first; of at most so many targets. */
  List<Line> lines(Tx tx, int most);

  /**
   * All targets that are held or waited for; whoever decides on changes reads them in one line with
   * everybody who does.
   */
  List<Claim> claims(Tx tx);

  /**
   * Frees everything a run holds and takes it out of every line.
   *
   * @return who is first in line now for what was freed
   */
  List<Waiter> release(Tx tx, String runId, Instant now);

  /** A target that is held, or waited for. */
  record Claim(String target, boolean held) {}

  /** Who waits for a target. */
  record Waiter(String runId, String stepId) {}

  /**
   * A target that is held, or waited for.
   *
   * @param holder the run that holds it, or null when it is free
   * @param since when that took it, or null
   * @param places who waits, the next one first
   */
  record Line(String target, @Nullable String holder, @Nullable Instant since, List<Place> places) {
    public Line {
      places = List.copyOf(places);
    }
  }

  /**
   * A place in line.
   *
   * @param supersedes whether it gives way to newer ones of its kind
   * @param lookedAt when it said last that it waits
   */
  record Place(String runId, String stepId, boolean supersedes, Instant lookedAt) {}
}
