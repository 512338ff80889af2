package dev.firebreak.store;

import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

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
        WHERE target_key = :target AND looked_at > :since AND superseded_by IS NULL
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

  /**
   * Who holds it; if nobody does, who is first in line before a run but for those it supersedes.
   */
  @SqlQuery(
      """
      SELECT run_id FROM (
        SELECT run_id, CAST(-1 AS BIGINT) AS place FROM target_lock WHERE target_key = :target
        UNION ALL
        SELECT run_id, place FROM target_wait
        WHERE target_key = :target AND looked_at > :since AND superseded_by IS NULL
          AND (mode IS NULL OR mode <> 'supersede')
          AND place < COALESCE(
            (SELECT own.place FROM target_wait own
              WHERE own.target_key = :target AND own.run_id = :run),
            9223372036854775807)
      ) line
      ORDER BY place
      LIMIT 1
      """)
  Optional<String> aheadOfNewest(
      @Bind("target") String targetKey, @Bind("run") String runId, @Bind("since") Instant since);

  @SqlQuery(
      """
      SELECT run_id, step_id FROM target_wait
      WHERE target_key = :target AND place < :before AND looked_at > :since
        AND superseded_by IS NULL
      ORDER BY place
      LIMIT 1
      """)
  Optional<Locks.Waiter> first(
      @Bind("target") String targetKey, @Bind("before") long before, @Bind("since") Instant since);

  /** Who took the place of a run, or else who is newer and waits in the same way. */
  @SqlQuery(
      """
      SELECT run_id FROM (
        SELECT superseded_by AS run_id, 0 AS place FROM target_wait
        WHERE target_key = :target AND run_id = :run AND superseded_by IS NOT NULL
        UNION ALL
        SELECT run_id, 1 AS place FROM target_wait
        WHERE target_key = :target AND run_id > :run AND looked_at > :since
          AND mode = 'supersede' AND superseded_by IS NULL
      ) newer
      ORDER BY place, run_id DESC
      LIMIT 1
      """)
  Optional<String> newer(
      @Bind("target") String targetKey, @Bind("run") String runId, @Bind("since") Instant since);

  @SqlUpdate(
      """
      UPDATE target_wait SET superseded_by = :run
      WHERE target_key = :target AND run_id < :run AND mode = 'supersede' AND superseded_by IS NULL
      """)
  void supersede(@Bind("target") String targetKey, @Bind("run") String runId);

  /** The best place of those it superseded is its own. */
  @SqlUpdate(
      """
      UPDATE target_wait SET mode = 'supersede', place = (
        SELECT MIN(line.place) FROM target_wait line
        WHERE line.target_key = :target AND (line.superseded_by = :run OR line.run_id = :run))
      WHERE target_key = :target AND run_id = :run
      """)
  void inheritPlace(@Bind("target") String targetKey, @Bind("run") String runId);

  /** A lock, as it is kept. */
  record Held(String targetKey, String target, String runId, Instant takenAt) {}

  @SqlQuery(
      """
      SELECT target_key, target, run_id, taken_at FROM target_lock
      ORDER BY taken_at, target_key
      LIMIT :most
      """)
  List<Held> held(@Bind("most") int most);

  @SqlQuery(
      """
      SELECT target, TRUE AS held FROM target_lock
      UNION ALL
      SELECT target_key AS target, FALSE AS held FROM target_wait
      WHERE target_key > '' AND superseded_by IS NULL
      """)
  List<Locks.Claim> claims();

  /** A place in line, as it is kept. */
  record Waits(
      String targetKey,
      String runId,
      String stepId,
      long place,
      Instant lookedAt,
      @Nullable String mode) {}

  @SqlQuery(
      """
      SELECT target_key, run_id, step_id, place, looked_at, mode FROM target_wait
      WHERE target_key > '' AND superseded_by IS NULL
      ORDER BY target_key, run_id
      LIMIT :most
      """)
  List<Waits> waiting(@Bind("most") int most);

  @SqlUpdate("DELETE FROM target_wait WHERE target_key = :target AND run_id = :run")
  void leave(@Bind("target") String targetKey, @Bind("run") String runId);

  @SqlUpdate("DELETE FROM target_wait WHERE run_id = :run")
  void leaveAll(@Bind("run") String runId);
}
