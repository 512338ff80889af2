package dev.firebreak.guard.storm;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;

/** Keeps storms, so that people are told once that one began and once that it is over. */
public interface Storms {
  /** Adds one that begins. */
  void add(Tx tx, Storm storm);

  /** Those of whose end nobody was told, oldest first. */
  List<Storm> standing(Tx tx);

  /**
   * Says that one is over.
   *
   * @return whether it stood; of several nodes that say so, one hears yes
   */
  boolean end(Tx tx, Storm storm, Instant at);
}
