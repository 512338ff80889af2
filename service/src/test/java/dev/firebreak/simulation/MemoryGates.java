package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Gates;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gates in memory, votes apart; a person votes once. */
final class MemoryGates implements Gates {
  private final MemoryStore store;

  MemoryGates(MemoryStore store) {
    this.store = store;
  }

  @Override
  public void add(Tx tx, Gate gate) {
    store.gates.insert(tx, gate.id(), with(gate, List.of()));
    gate.votes().forEach(vote -> vote(tx, gate.id(), vote));
  }

  @Override
  public boolean save(Tx tx, Gate gate) {
    store.gates.lock(tx, gate.id());
    boolean open =
        store.gates.get(tx, gate.id()).filter(it -> it.status() == Gate.Status.OPEN).isPresent();
    if (open) {
      store.gates.put(tx, gate.id(), with(gate, List.of()));
    }
    return open;
  }

  @Override
  public boolean vote(Tx tx, String gateId, Gate.Vote vote) {
    store.votes.lock(tx, gateId + '|' + vote.person());
    boolean first =
        store.votes.under(tx, gateId + '/').stream()
            .noneMatch(it -> it.person().equals(vote.person()));
    if (first) {
      store.votes.put(tx, gateId + '/' + store.nextPlace(), vote);
    }
    return first;
  }

  @Override
  public Optional<Gate> find(Tx tx, String id) {
    return store.gates.get(tx, id).map(gate -> whole(tx, gate));
  }

  @Override
  public Optional<Gate> hold(Tx tx, String id) {
    store.gates.lock(tx, id);
    return find(tx, id);
  }

  @Override
  public List<Gate> list(
      Tx tx,
      Gate.@Nullable Status status,
      @Nullable String incidentId,
      @Nullable String before,
      int limit) {
    return MemoryRuns.newest(store.gates, tx, before).stream()
        .filter(gate -> status == null || gate.status() == status)
        .filter(gate -> incidentId == null || gate.incidentId().equals(incidentId))
        .limit(limit)
        .map(gate -> whole(tx, gate))
        .toList();
  }

  private Gate whole(Tx tx, Gate gate) {
    return with(gate, store.votes.under(tx, gate.id() + '/'));
  }

  private static Gate with(Gate gate, List<Gate.Vote> votes) {
    return new Gate(
        gate.id(),
        gate.incidentId(),
        gate.runId(),
        gate.stepId(),
        gate.question(),
        gate.why(),
        gate.plan(),
        gate.planHash(),
        gate.by(),
        gate.walk(),
        gate.quorum(),
        gate.withinMillis(),
        gate.openedAt(),
        gate.expiresAt(),
        gate.status(),
        gate.endedAt(),
        gate.endedWhy(),
        votes,
        gate.terms());
  }
}
