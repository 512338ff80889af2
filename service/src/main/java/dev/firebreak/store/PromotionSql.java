package dev.firebreak.store;

import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.Rehearsed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code promotion} and {@code rehearsed_change}. */
interface PromotionSql {
  String COLUMNS =
      """
      p.version, p.runbook, p.promoted, p.said_by AS "by", p.said_at AS "at", p.reason
      """;

  /** Sums up; the time is null when there is nothing to sum up. */
  record Sum(int runs, @Nullable Instant since) {}

  @SqlUpdate(
      """
      INSERT INTO promotion (version, place, runbook, promoted, said_by, said_at, reason)
      VALUES (:version, (SELECT COALESCE(MAX(p.place), 0) + 1 FROM promotion p
          WHERE p.version = :version), :runbook, :promoted, :by, :at, :reason)
      """)
  void insert(@BindRecord Promotion promotion);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM promotion p WHERE p.version = :version ORDER BY p.place DESC LIMIT 1")
  Optional<Promotion> last(@Bind("version") String version);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM promotion p WHERE p.place = (SELECT MAX(q.place) FROM promotion q"
          + " WHERE q.version = p.version) ORDER BY p.version")
  List<Promotion> standing();

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM promotion p WHERE p.runbook = :runbook"
          + " ORDER BY p.said_at DESC, p.place DESC LIMIT :limit")
  List<Promotion> history(@Bind("runbook") String runbook, @Bind("limit") int limit);

  @SqlUpdate(
      """
      INSERT INTO rehearsed_change (run_id, step_id, incident_id, version, what, rehearsed_at)
      VALUES (:runId, :stepId, :incidentId, :version, :what, :at)
      ON CONFLICT DO NOTHING
      """)
  void rehearsed(@BindRecord Rehearsed change);

  @SqlQuery(
      """
      SELECT run_id, step_id, incident_id, version, what, rehearsed_at AS "at"
      FROM rehearsed_change
      WHERE version = :version
      ORDER BY rehearsed_at DESC, run_id DESC, step_id DESC
      LIMIT :limit
      """)
  List<Rehearsed> rehearsals(@Bind("version") String version, @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT COUNT(DISTINCT run_id) AS runs, MIN(rehearsed_at) AS since
      FROM rehearsed_change
      WHERE version = :version
      """)
  Sum sum(@Bind("version") String version);
}
