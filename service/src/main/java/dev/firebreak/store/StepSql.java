package dev.firebreak.store;

import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Statements on {@code run_step}. */
interface StepSql {
  String COLUMNS =
      """
      s.run_id, s.step_id, s.place, s.phase, s.status, s.attempt, s.opened_at, s.started_at, s.wait_for,
      s.since_at, s.until_at, s.ref, s.reason_code, s.reason_text, s.output, s.earlier
      """;

  @SqlBatch(
      """
      INSERT INTO run_step (run_id, step_id, place, phase, status, attempt, opened_at, started_at, wait_for,
          since_at, until_at, ref, reason_code, reason_text, output, earlier)
      VALUES (:runId, :stepId, :place, :phase, :status, :attempt, :openedAt, :startedAt, :waitFor,
          :sinceAt, :untilAt, :ref, :reasonCode, :reasonText, :output, :earlier)
      """)
  void insert(@BindRecord List<StepRow> rows);

  @SqlBatch(
      """
      UPDATE run_step
      SET status = :status, attempt = :attempt, opened_at = :openedAt, started_at = :startedAt, wait_for = :waitFor,
          since_at = :sinceAt, until_at = :untilAt, ref = :ref, reason_code = :reasonCode,
          reason_text = :reasonText, output = :output, earlier = :earlier
      WHERE run_id = :runId AND step_id = :stepId
      """)
  int[] update(@BindRecord List<StepRow> rows);

  @SqlQuery("SELECT " + COLUMNS + " FROM run_step s WHERE s.run_id = :run ORDER BY s.place")
  List<StepRow> of(@Bind("run") String runId);

  /** Some of a run's steps, by their ids. */
  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM run_step s WHERE s.run_id = :run AND s.step_id > :after"
          + " ORDER BY s.run_id, s.step_id LIMIT :limit")
  List<StepRow> page(
      @Bind("run") String runId, @Bind("after") String after, @Bind("limit") int limit);

  /** The steps between two ids that are not over, by their ids. */
  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM run_step s WHERE s.run_id = :run AND s.step_id > :after AND s.step_id < :before"
          + " AND s.status NOT IN ('SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED')"
          + " ORDER BY s.run_id, s.step_id")
  List<StepRow> open(
      @Bind("run") String runId, @Bind("after") String after, @Bind("before") String before);

  /** How many items have begun, are over, and did not work or were not proven. */
  record Count(int begun, int ended, int failed) {}

  /** Counts the items between two ids. */
  @SqlQuery(
      """
      SELECT COUNT(CASE WHEN step_id LIKE '%]' THEN 1 END) AS begun,
        COUNT(CASE WHEN step_id LIKE '%]'
          AND status IN ('SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED') THEN 1 END) AS ended,
        COUNT(CASE WHEN step_id LIKE '%]' AND status IN ('FAILED', 'SKIPPED', 'CANCELLED') THEN 1
          WHEN step_id LIKE '%].verify' AND status = 'FAILED' THEN 1 END) AS failed
      FROM run_step
      WHERE run_id = :run AND step_id > :after AND step_id < :before
      """)
  Count count(
      @Bind("run") String runId, @Bind("after") String after, @Bind("before") String before);
}
