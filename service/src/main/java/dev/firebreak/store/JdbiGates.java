package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Gates;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gates in a table, votes in another; a unique row decides that a person votes once. */
final class JdbiGates implements Gates {
  @Override
  public void add(Tx tx, Gate gate) {
    sql(tx).insert(GateSql.Row.of(gate));
    gate.votes().forEach(vote -> votes(tx).insert(gate.id(), VoteSql.Row.of(vote)));
  }

  @Override
  public boolean save(Tx tx, Gate gate) {
    return sql(tx).update(GateSql.Row.of(gate)) == 1;
  }

  @Override
  public boolean vote(Tx tx, String gateId, Gate.Vote vote) {
    return votes(tx).insert(gateId, VoteSql.Row.of(vote)) == 1;
  }

  @Override
  public Optional<Gate> find(Tx tx, String id) {
    Optional<GateSql.Row> row = StoreTx.holds(tx) ? sql(tx).hold(id) : sql(tx).find(id);
    return row.map(it -> gate(tx, it));
  }

  @Override
  public Optional<Gate> hold(Tx tx, String id) {
    return sql(tx).lock(id).flatMap(held -> find(tx, held));
  }

  @Override
  public List<Gate> list(
      Tx tx,
      Gate.@Nullable Status status,
      @Nullable String incidentId,
      @Nullable String before,
      int limit) {
    return page(sql(tx), status, incidentId, Keys.before(before), limit).stream()
        .map(row -> gate(tx, row))
        .toList();
  }

  private static List<GateSql.Row> page(
      GateSql sql,
      Gate.@Nullable Status status,
      @Nullable String incidentId,
      String end,
      int limit) {
    if (incidentId == null) {
      return status == null ? sql.all(end, limit) : sql.in(status, end, limit);
    }
    return status == null ? sql.of(incidentId, end, limit) : sql.of(incidentId, status, end, limit);
  }

  private static Gate gate(Tx tx, GateSql.Row row) {
    return row.toGate(votes(tx).of(row.id()).stream().map(VoteSql.Row::toVote).toList());
  }

  private static GateSql sql(Tx tx) {
    return StoreTx.sql(tx, GateSql.class);
  }

  private static VoteSql votes(Tx tx) {
    return StoreTx.sql(tx, VoteSql.class);
  }
}
