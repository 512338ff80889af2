package dev.firebreak.store;

import dev.firebreak.escalation.Escalation;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code escalation}. */
interface EscalationSql {
  String COLUMNS =
      """
      id, incident_id, run_id, step_id, chain, link AS level, opened_at, next_at, status, why,
      acknowledged_by, ended_at
      """;

  @SqlUpdate(
      """
      INSERT INTO escalation (id, incident_id, run_id, step_id, chain, link, opened_at, next_at,
          status, why, acknowledged_by, ended_at)
      VALUES (:id, :incidentId, :runId, :stepId, :chain, :level, :openedAt, :nextAt,
          :status, :why, :acknowledgedBy, :endedAt)
      """)
  void insert(@BindRecord Escalation escalation);

  @SqlUpdate(
      """
      UPDATE escalation
      SET link = :level, next_at = :nextAt, status = :status, acknowledged_by = :acknowledgedBy,
          ended_at = :endedAt
      WHERE id = :id
      """)
  int update(@BindRecord Escalation escalation);

  @SqlQuery("SELECT " + COLUMNS + " FROM escalation WHERE id = :id")
  Optional<Escalation> find(@Bind("id") String id);

  /** The same, and nobody else changes it until this transaction ends. */
  @SqlQuery("SELECT " + COLUMNS + " FROM escalation WHERE id = :id FOR UPDATE")
  Optional<Escalation> hold(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM escalation WHERE incident_id = :incident ORDER BY id")
  List<Escalation> ofIncident(@Bind("incident") String incidentId);
}
