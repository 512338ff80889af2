package dev.firebreak.store;

import dev.firebreak.run.Incident;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code incident}. */
interface IncidentSql {
  String COLUMNS =
      """
      id, name AS "key", title, severity, owner, status, opened_at, acknowledged_by, acknowledged_at,
      resolved_by, resolved_at
      """;

  @SqlUpdate(
      """
      INSERT INTO incident (id, name, open_key, title, severity, owner, status, opened_at,
          acknowledged_by, acknowledged_at, resolved_by, resolved_at)
      VALUES (:id, :key, :openKey, :title, :severity, :owner, :status, :openedAt,
          :acknowledgedBy, :acknowledgedAt, :resolvedBy, :resolvedAt)
      """)
  void insert(@BindRecord Incident incident, @Bind("openKey") @Nullable String openKey);

  @SqlUpdate(
      """
      UPDATE incident
      SET title = :title, severity = :severity, owner = :owner, status = :status,
          open_key = :openKey, acknowledged_by = :acknowledgedBy,
          acknowledged_at = :acknowledgedAt, resolved_by = :resolvedBy, resolved_at = :resolvedAt
      WHERE id = :id
      """)
  int update(@BindRecord Incident incident, @Bind("openKey") @Nullable String openKey);

  @SqlQuery("SELECT " + COLUMNS + " FROM incident WHERE id = :id")
  Optional<Incident> find(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM incident WHERE open_key = :openKey")
  Optional<Incident> open(@Bind("openKey") String openKey);

  /** As {@link #find}; nobody else resolves it, or adds to it, until this transaction ends. */
  @SqlQuery("SELECT " + COLUMNS + " FROM incident WHERE id = :id FOR UPDATE")
  Optional<Incident> hold(@Bind("id") String id);

  /** As {@link #open}; nobody else resolves it until this transaction ends. */
  @SqlQuery("SELECT " + COLUMNS + " FROM incident WHERE open_key = :openKey FOR UPDATE")
  Optional<Incident> holdOpen(@Bind("openKey") String openKey);

  @SqlQuery("SELECT " + COLUMNS + " FROM incident WHERE id < :before ORDER BY id DESC LIMIT :limit")
  List<Incident> all(@Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM incident WHERE status = :status AND id < :before ORDER BY status DESC, id DESC"
          + " LIMIT :limit")
  List<Incident> in(
      @Bind("status") Incident.Status status,
      @Bind("before") String before,
      @Bind("limit") int limit);
}
