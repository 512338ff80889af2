package dev.firebreak.guard.promotion;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps which versions of runbooks were promoted, and what others rehearsed. Thread-safe. */
public interface Promotions {
  /** Adds a word; whoever decides on a change of this version later goes by it. */
  void add(Tx tx, Promotion promotion);

  /** The last word on a version; empty when nothing was ever said. */
  Optional<Promotion> last(Tx tx, String version);

  /** The last word on each version of which something was said. */
  List<Promotion> standing(Tx tx);

  /** What was said of all versions of a runbook, newest first. */
  List<Promotion> history(Tx tx, String runbook, int limit);

  /** Keeps a change that was not made; the same change of the same run again is no error. */
  void rehearsed(Tx tx, Rehearsed change);

  /** What a version rehearsed, newest first. */
  List<Rehearsed> rehearsals(Tx tx, String version, int limit);

  /** How much a version rehearsed; empty when it did not. */
  Optional<Rehearsed.Tally> tally(Tx tx, String version);
}
