package dev.firebreak.store;

import dev.firebreak.cluster.Node;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Statements on {@code node}. The only ones that ask the database's clock: it is the one clock all
 * nodes share, and it stands still within a transaction, so that it is never ahead.
 */
interface NodeSql {
  String LEASE_END = "CURRENT_TIMESTAMP + CAST(:millis AS INTEGER) * INTERVAL '0.001' SECOND";

  @SqlUpdate(
      "INSERT INTO node (id, host, started_at, beat, seen_at, lease_until, unbroken_since, left_at)"
          + " VALUES (:id, :host, :startedAt, 0, CURRENT_TIMESTAMP, "
          + LEASE_END
          + ", CURRENT_TIMESTAMP, NULL) ON CONFLICT DO NOTHING")
  int insert(
      @Bind("id") String id,
      @Bind("host") String host,
      @Bind("startedAt") Instant startedAt,
      @Bind("millis") long leaseMillis);

  @SqlUpdate(
      """
      UPDATE node SET lease_until = CURRENT_TIMESTAMP, left_at = CURRENT_TIMESTAMP
      WHERE id <> :id AND left_at IS NULL
      """)
  void endOthers(@Bind("id") String id);

  @SqlUpdate(
      """
      UPDATE node SET unbroken_since = CURRENT_TIMESTAMP - INTERVAL '1' DAY WHERE id = :id
      """)
  void trust(@Bind("id") String id);

  @SqlUpdate(
      """
      INSERT INTO node (id, host, started_at, beat, seen_at, lease_until, unbroken_since, left_at)
      SELECT DISTINCT owner, '', CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
          CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
      FROM run
      WHERE live_key > '' AND owner NOT IN (SELECT id FROM node)
      """)
  void nameOwners();

  @SqlUpdate(
      "UPDATE node SET beat = :attempted + 1, seen_at = CURRENT_TIMESTAMP,"
          + " unbroken_since = CASE WHEN lease_until > CURRENT_TIMESTAMP THEN unbroken_since"
          + " ELSE CURRENT_TIMESTAMP END, left_at = NULL, lease_until = "
          + LEASE_END
          + " WHERE id = :id AND beat BETWEEN :confirmed AND :attempted")
  int renew(
      @Bind("id") String id,
      @Bind("confirmed") long confirmed,
      @Bind("attempted") long attempted,
      @Bind("millis") long leaseMillis);

  @SqlUpdate(
      """
      UPDATE node SET lease_until = CURRENT_TIMESTAMP, left_at = CURRENT_TIMESTAMP WHERE id = :id
      """)
  void leave(@Bind("id") String id);

  @SqlQuery(
      """
      SELECT id, host, started_at, seen_at, lease_until, left_at,
          lease_until > CURRENT_TIMESTAMP AS alive
      FROM node ORDER BY id
      """)
  List<Node> list();

  @SqlUpdate(
      """
      DELETE FROM node
      WHERE lease_until < CURRENT_TIMESTAMP - CAST(:seconds AS INTEGER) * INTERVAL '1' SECOND
        AND NOT EXISTS (SELECT 1 FROM run WHERE run.owner = node.id AND live_key > '')
      """)
  int forget(@Bind("seconds") long seconds);
}
