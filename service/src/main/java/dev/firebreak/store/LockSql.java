package dev.firebreak.store;

import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code target_lock} and {@code target_wait}. */
interface LockSql {
  @SqlQuery("SELECT run_id FROM target_lock WHERE target_key = :target")
  Optional<String> holder(@Bind("target") String targetKey);

  @SqlUpdate(
      """
      INSERT INTO target_lock (target_key, target, run_id, taken_at)
      VALUES (:targetKey, :target, :run, :at)
      ON CONFLICT DO NOTHING
      """)
  int insert(
      @Bind("targetKey") String targetKey,
      @Bind("target") String target,
      @Bind("run") String runId,
      @Bind("at") Instant at);

  @SqlQuery("SELECT target_key FROM target_lock WHERE run_id = :run ORDER BY target_key")
  List<String> heldBy(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM target_lock WHERE run_id = :run")
  void delete(@Bind("run") String runId);

  @SqlUpdate(
      """
      INSERT INTO target_wait (target_key, run_id, step_id, looked_at)
      VALUES (:target, :run, :step, :now)
      """)
  void queueUp(
      @Bind("target") String targetKey,
      @Bind("run") String runId,
      @Bind("step") String stepId,
      @Bind("now") Instant now);

  @SqlUpdate(
      """
      UPDATE target_wait SET step_id = :step, looked_at = :now
      WHERE target_key = :target AND run_id = :run
      """)
  int look(
      @Bind("target") String targetKey,
      @Bind("run") String runId,
      @Bind("step") String stepId,
      @Bind("now") Instant now);

  /** Who holds it; if nobody does, who is first in line before a run. */
  @SqlQuery(
      """
      SELECT run_id FROM (
        SELECT run_id, CAST(-1 AS BIGINT) AS place FROM target_lock WHERE target_key = :target
        UNION ALL
        SELECT run_id, place FROM target_wait
        WHERE target_key = :target AND looked_at > :since
          AND place < COALESCE(
            (SELECT own.place FROM target_wait own
              WHERE own.target_key = :target AND own.run_id = :run),
            9223372036854775807)
      ) line
      ORDER BY place
      LIMIT 1
      """)
  Optional<String> ahead(
      @Bind("target") String targetKey, @Bind("run") String runId, @Bind("since") Instant since);

  @SqlQuery(
      """
      SELECT run_id, step_id FROM target_wait
      WHERE target_key = :target AND place < :before AND looked_at > :since
      ORDER BY place
      LIMIT 1
      """)
  Optional<Locks.Waiter> first(
      @Bind("target") String targetKey, @Bind("before") long before, @Bind("since") Instant since);

  @SqlUpdate("DELETE FROM target_wait WHERE target_key = :target AND run_id = :run")
  void leave(@Bind("target") String targetKey, @Bind("run") String runId);

  @SqlUpdate("DELETE FROM target_wait WHERE run_id = :run")
  void leaveAll(@Bind("run") String runId);
}
