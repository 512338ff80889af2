package dev.firebreak.escalation;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps escalations. Thread-safe. */
public interface Escalations {
  /** Adds an escalation of a new id. */
  void add(Tx tx, Escalation escalation);

  /** Writes level, next, status and end. */
  void save(Tx tx, Escalation escalation);

  /** An escalation, or empty when there is none of this id. */
  Optional<Escalation> find(Tx tx, String id);

  /** All of an incident, oldest first. */
  List<Escalation> ofIncident(Tx tx, String incidentId);
}
