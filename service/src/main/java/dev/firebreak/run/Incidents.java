package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps incidents. Thread-safe. */
public interface Incidents {
  /** Adds an incident of a new id. */
  void add(Tx tx, Incident incident);

  /** Writes an incident that is there. */
  void save(Tx tx, Incident incident);

  /** An incident, or empty when there is none of this id. */
  Optional<Incident> find(Tx tx, String id);

  /** The incident with this key that is not resolved; there is at most one. */
  Optional<Incident> openByKey(Tx tx, String key);

  /**
   * A page, newest first.
   *
   * @param status only in this status, or null
   * @param before only with ids smaller than this, or null for the first page
   */
  List<Incident> list(Tx tx, Incident.@Nullable Status status, @Nullable String before, int limit);
}
