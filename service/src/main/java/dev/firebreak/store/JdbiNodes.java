package dev.firebreak.store;

import dev.firebreak.cluster.Node;
import dev.firebreak.cluster.Nodes;
import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Nodes in a table. */
final class JdbiNodes implements Nodes {
  @Override
  public boolean join(Tx tx, String id, String host, Instant startedAt, Duration lease) {
    return sql(tx).insert(id, host, startedAt, lease.toMillis()) == 1;
  }

  @Override
  public void alone(Tx tx, String id) {
    sql(tx).nameOwners();
    sql(tx).endOthers(id);
    sql(tx).trust(id);
  }

  @Override
  public boolean renew(Tx tx, String id, long confirmed, long attempted, Duration lease) {
    return sql(tx).renew(id, confirmed, attempted, lease.toMillis()) == 1;
  }

  @Override
  public void leave(Tx tx, String id) {
    sql(tx).leave(id);
  }

  @Override
  public List<Node> list(Tx tx) {
    return sql(tx).list();
  }

  @Override
  public int forget(Tx tx, Duration after) {
    return sql(tx).forget(after.toSeconds());
  }

  private static NodeSql sql(Tx tx) {
    return StoreTx.sql(tx, NodeSql.class);
  }
}
