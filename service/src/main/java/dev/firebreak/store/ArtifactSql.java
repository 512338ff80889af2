package dev.firebreak.store;

import dev.firebreak.run.Artifact;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code artifact} and {@code artifact_content}. */
interface ArtifactSql {
  String COLUMNS =
      """
      id, incident_id, run_id, step_id, name, media_type, size, sha256, truncated, created_at
      """;

  @SqlUpdate(
      """
      INSERT INTO artifact (id, incident_id, run_id, step_id, name, media_type, size, sha256,
          truncated, created_at)
      VALUES (:id, :incidentId, :runId, :stepId, :name, :mediaType, :size, :sha256, :truncated,
          :createdAt)
      """)
  void insert(@BindRecord Artifact artifact);

  @SqlUpdate("INSERT INTO artifact_content (artifact_id, content) VALUES (:id, :content)")
  void insert(@Bind("id") String id, @Bind("content") byte[] content);

  @SqlQuery("SELECT " + COLUMNS + " FROM artifact WHERE id = :id")
  Optional<Artifact> find(@Bind("id") String id);

  @SqlQuery("SELECT content FROM artifact_content WHERE artifact_id = :id")
  Optional<byte[]> content(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM artifact WHERE incident_id = :incident ORDER BY id")
  List<Artifact> ofIncident(@Bind("incident") String incidentId);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM artifact WHERE incident_id = :incident ORDER BY incident_id, id LIMIT :limit")
  List<Artifact> first(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM artifact WHERE incident_id = :incident AND run_id = :run"
          + " ORDER BY incident_id, id LIMIT :limit")
  List<Artifact> first(
      @Bind("incident") String incidentId, @Bind("run") String runId, @Bind("limit") int limit);
}
