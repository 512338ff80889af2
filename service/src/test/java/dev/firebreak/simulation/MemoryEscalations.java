package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.escalation.Escalations;
import java.util.List;
import java.util.Optional;

/** Escalations in memory. */
final class MemoryEscalations implements Escalations {
  private final Table<Escalation> escalations;

  MemoryEscalations(Table<Escalation> escalations) {
    this.escalations = escalations;
  }

  @Override
  public void add(Tx tx, Escalation escalation) {
    escalations.insert(tx, escalation.id(), escalation);
  }

  @Override
  public void save(Tx tx, Escalation escalation) {
    escalations.lock(tx, escalation.id());
    if (escalations.get(tx, escalation.id()).isEmpty()) {
      throw new IllegalStateException("there is no escalation " + escalation.id());
    }
    escalations.put(tx, escalation.id(), escalation);
  }

  @Override
  public Optional<Escalation> find(Tx tx, String id) {
    return escalations.get(tx, id);
  }

  @Override
  public List<Escalation> ofIncident(Tx tx, String incidentId) {
    return escalations.rows(tx).filter(it -> it.incidentId().equals(incidentId)).toList();
  }
}
