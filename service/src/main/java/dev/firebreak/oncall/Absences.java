package dev.firebreak.oncall;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps absences. Thread-safe. */
public interface Absences {
  /** Adds an absence of a new id. */
  void add(Tx tx, Absence absence);

  /** Removes one; nothing when it is not there. */
  void remove(Tx tx, String id);

  /** An absence, or empty when there is none of this id. */
  Optional<Absence> find(Tx tx, String id);

  /** Everybody's that meet a span, in the order of their ids; at most 1,000. */
  List<Absence> of(Tx tx, Span span);
}
