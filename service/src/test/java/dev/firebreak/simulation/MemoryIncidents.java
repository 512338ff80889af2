package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Incidents in memory; open keys are unique. */
final class MemoryIncidents implements Incidents {
  private final MemoryStore store;

  MemoryIncidents(MemoryStore store) {
    this.store = store;
  }

  @Override
  public void add(Tx tx, Incident incident) {
    if (incident.status() != Incident.Status.RESOLVED) {
      store.openKeys.insert(tx, incident.key(), incident.id());
    }
    store.incidents.insert(tx, incident.id(), incident);
  }

  @Override
  public void save(Tx tx, Incident incident) {
    store.incidents.lock(tx, incident.id());
    Incident before =
        store
            .incidents
            .get(tx, incident.id())
            .orElseThrow(() -> new IllegalStateException("there is no incident " + incident.id()));
    store.incidents.put(tx, incident.id(), incident);
    boolean wasOpen = before.status() != Incident.Status.RESOLVED;
    boolean isOpen = incident.status() != Incident.Status.RESOLVED;
    if (wasOpen && !isOpen) {
      store.openKeys.remove(tx, incident.key());
    } else if (isOpen && !wasOpen) {
      store.openKeys.insert(tx, incident.key(), incident.id());
    }
  }

  @Override
  public Optional<Incident> find(Tx tx, String id) {
    return store.incidents.get(tx, id);
  }

  @Override
  public Optional<Incident> openByKey(Tx tx, String key) {
    return store.openKeys.get(tx, key).flatMap(id -> store.incidents.get(tx, id));
  }

  @Override
  public List<Incident> list(
      Tx tx, Incident.@Nullable Status status, @Nullable String before, int limit) {
    return MemoryRuns.newest(store.incidents, tx, before).stream()
        .filter(incident -> status == null || incident.status() == status)
        .limit(limit)
        .toList();
  }
}
