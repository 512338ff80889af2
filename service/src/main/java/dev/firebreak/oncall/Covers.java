package dev.firebreak.oncall;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps covers. Thread-safe. */
public interface Covers {
  /** Adds a cover of a new id. */
  void add(Tx tx, Cover cover);

  /** Removes one; nothing when it is not there. */
  void remove(Tx tx, String id);

  /** A cover, or empty when there is none of this id. */
  Optional<Cover> find(Tx tx, String id);

  /** Those of a schedule that meet a span, in the order of their ids; at most 1,000. */
  List<Cover> of(Tx tx, String schedule, Span span);
}
