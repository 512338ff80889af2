package dev.firebreak.cluster;

import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keeps who is alive. Leases are given and judged by the database's clock alone: clocks of nodes
 * may differ. Thread-safe.
 */
public interface Nodes {
  /**
   * Adds a node with a fresh lease.
   *
   * @return false when the id is in use: this process is a copy of another one
   */
  boolean join(Tx tx, String id, String host, Instant startedAt, Duration lease);

  /**
   * Says that every other node is gone, and that this one may take over at once: to be called by
   * the one who alone can open this database.
   */
  void alone(Tx tx, String id);

  /**
   * Renews a lease, also one that is over: whose runs were taken meanwhile sees that by their
   * epoch.
   *
   * @param confirmed the number of the last renewal that is known to be committed; joining was 0
   * @param attempted the number of the last one that was tried; this one has the next
   * @return false when somebody else renewed it, so that there are two of this node, or when it was
   *     forgotten
   */
  boolean renew(Tx tx, String id, long confirmed, long attempted, Duration lease);

  /** Says that a node stops in order, so that others take its runs at once. */
  void leave(Tx tx, String id);

  /** All nodes that are remembered, oldest first. */
  List<Node> list(Tx tx);

  /**
   * Forgets nodes whose lease has been over for so long and who own no live run.
   *
   * @return how many
   */
  int forget(Tx tx, Duration after);
}
