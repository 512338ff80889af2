package dev.firebreak.store;

import dev.firebreak.notify.Unheard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code unheard}. */
interface UnheardSql {
  String COLUMNS = "id, message_key, incident_id, what, error, raised_at";

  /** A message that nobody received. */
  record Row(
      String id,
      String messageKey,
      String incidentId,
      String what,
      String error,
      Instant raisedAt) {
    static Row of(Unheard unheard) {
      return new Row(
          unheard.id(),
          Keys.bounded(unheard.messageKey()),
          unheard.incidentId(),
          unheard.what(),
          unheard.error(),
          unheard.raisedAt());
    }

    Unheard toUnheard() {
      return new Unheard(id, messageKey, incidentId, what, error, raisedAt);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO unheard (id, message_key, incident_id, what, error, raised_at)
      VALUES (:id, :messageKey, :incidentId, :what, :error, :raisedAt)
      ON CONFLICT DO NOTHING
      """)
  void insert(@BindRecord Row row);

  @SqlQuery("SELECT " + COLUMNS + " FROM unheard WHERE message_key = :key")
  Optional<Row> ofMessage(@Bind("key") String messageKey);

  @SqlQuery("SELECT " + COLUMNS + " FROM unheard WHERE id = :id AND ended_at IS NULL")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery(
      "SELECT " + COLUMNS + " FROM unheard WHERE ended_at IS NULL ORDER BY raised_at LIMIT :limit")
  List<Row> open(@Bind("limit") int limit);

  @SqlUpdate(
      "UPDATE unheard SET ended_at = :at, ended_by = :by WHERE id = :id AND ended_at IS NULL")
  int end(@Bind("id") String id, @Bind("by") String by, @Bind("at") Instant at);
}
