package dev.firebreak.store;

import dev.firebreak.gate.Review;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code glass_review}. */
interface ReviewSql {
  String COLUMNS =
      """
      id, gate_id, incident_id, run_id, step_id, person, reason, broken_at, asked_at, closed_by,
      closed_at, finding
      """;

  /** A review as a row. */
  record Row(
      String id,
      String gateId,
      String incidentId,
      String runId,
      String stepId,
      String person,
      String reason,
      Instant brokenAt,
      Instant askedAt,
      @Nullable String closedBy,
      @Nullable Instant closedAt,
      @Nullable String finding) {
    Review toReview() {
      return new Review(
          id,
          gateId,
          incidentId,
          runId,
          stepId,
          person,
          reason,
          brokenAt,
          askedAt,
          closedBy == null || closedAt == null || finding == null
              ? null
              : new Review.End(closedBy, closedAt, finding));
    }
  }

  @SqlUpdate(
      """
      INSERT INTO glass_review (id, gate_id, incident_id, run_id, step_id, person, reason,
          broken_at, asked_at)
      VALUES (:id, :gateId, :incidentId, :runId, :stepId, :person, :reason, :brokenAt, :askedAt)
      """)
  void insert(@BindRecord Review review);

  @SqlQuery("SELECT " + COLUMNS + " FROM glass_review WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery(
      "SELECT " + COLUMNS + " FROM glass_review WHERE closed_at IS NULL ORDER BY id LIMIT :limit")
  List<Row> open(@Bind("limit") int limit);

  @SqlQuery("SELECT " + COLUMNS + " FROM glass_review ORDER BY id DESC LIMIT :limit")
  List<Row> newest(@Bind("limit") int limit);

  @SqlQuery("SELECT " + COLUMNS + " FROM glass_review WHERE run_id = :run ORDER BY id")
  List<Row> ofRun(@Bind("run") String runId);

  @SqlUpdate("UPDATE glass_review SET asked_at = :at WHERE id = :id AND closed_at IS NULL")
  void asked(@Bind("id") String id, @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE glass_review SET closed_by = :by, closed_at = :at, finding = :finding
      WHERE id = :id AND closed_at IS NULL
      """)
  int close(@Bind("id") String id, @BindRecord Review.End end);
}
