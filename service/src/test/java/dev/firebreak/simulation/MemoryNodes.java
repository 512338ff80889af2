package dev.firebreak.simulation;

import dev.firebreak.cluster.Nodes;
import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nodes in memory, by the clock of the database. */
final class MemoryNodes implements Nodes {
  private final MemoryStore store;

  MemoryNodes(MemoryStore store) {
    this.store = store;
  }

  /** A node as a row. */
  record Row(
      String id,
      String host,
      Instant startedAt,
      long beat,
      Instant seenAt,
      Instant leaseUntil,
      Instant unbrokenSince,
      @Nullable Instant leftAt) {
    boolean alive(Instant now) {
      return leaseUntil.isAfter(now);
    }
  }

  @Override
  public boolean join(Tx tx, String id, String host, Instant startedAt, Duration lease) {
    Instant now = MemoryTx.of(tx).begun();
    return store.members.add(
        tx, id, new Row(id, host, startedAt, 0, now, now.plus(lease), now, null));
  }

  @Override
  public void alone(Tx tx, String id) {
    Instant now = MemoryTx.of(tx).begun();
    for (String owner : store.owners.rows(tx).distinct().toList()) {
      boolean unused = store.members.add(tx, owner, new Row(owner, "", now, 0, now, now, now, now));
    }
    for (Row row : List.copyOf(store.members.rows(tx).toList())) {
      if (!row.id().equals(id) && row.leftAt() == null) {
        leave(tx, row.id());
      }
    }
  }

  @Override
  public boolean renew(Tx tx, String id, long confirmed, long attempted, Duration lease) {
    Instant now = MemoryTx.of(tx).begun();
    store.members.lock(tx, id);
    Optional<Row> row =
        store.members.get(tx, id).filter(it -> confirmed <= it.beat() && it.beat() <= attempted);
    row.ifPresent(
        it ->
            store.members.put(
                tx,
                id,
                new Row(
                    id,
                    it.host(),
                    it.startedAt(),
                    attempted + 1,
                    now,
                    now.plus(lease),
                    it.alive(now) ? it.unbrokenSince() : now,
                    null)));
    return row.isPresent();
  }

  @Override
  public void leave(Tx tx, String id) {
    Instant now = MemoryTx.of(tx).begun();
    store.members.lock(tx, id);
    store
        .members
        .get(tx, id)
        .ifPresent(
            it ->
                store.members.put(
                    tx,
                    id,
                    new Row(
                        id,
                        it.host(),
                        it.startedAt(),
                        it.beat(),
                        it.seenAt(),
                        now,
                        it.unbrokenSince(),
                        now)));
  }

  @Override
  public List<dev.firebreak.cluster.Node> list(Tx tx) {
    Instant now = MemoryTx.of(tx).begun();
    return store
        .members
        .rows(tx)
        .map(
            it ->
                new dev.firebreak.cluster.Node(
                    it.id(),
                    it.host(),
                    it.startedAt(),
                    it.seenAt(),
                    it.leaseUntil(),
                    it.leftAt(),
                    it.alive(now)))
        .toList();
  }

  @Override
  public int forget(Tx tx, Duration after) {
    Instant before = MemoryTx.of(tx).begun().minus(after);
    List<Row> old =
        store
            .members
            .rows(tx)
            .filter(it -> it.leaseUntil().isBefore(before))
            .filter(it -> store.runs().ownedBy(tx, it.id()).isEmpty())
            .toList();
    old.forEach(it -> store.members.remove(tx, it.id()));
    return old.size();
  }
}
