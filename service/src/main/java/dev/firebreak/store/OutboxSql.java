package dev.firebreak.store;

import dev.firebreak.core.Message;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code message}. */
interface OutboxSql {
  String COLUMNS =
      """
      full_key, kind, payload, incident_id, created_at, attempts, due_at, delivered_at, receipt,
      last_error
      """;

  /**
   * Before all messages. Without a lower bound H2 reads past all that have no due time any more.
   */
  String EVER = "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z'";

  /** A message as a row. */
  record Row(
      String fullKey,
      String kind,
      String payload,
      String incidentId,
      Instant createdAt,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable Instant deliveredAt,
      @Nullable String receipt,
      @Nullable String lastError) {
    Outbox.Entry toEntry() {
      return new Outbox.Entry(
          new Message(kind, fullKey, Json.object(payload)),
          incidentId,
          createdAt,
          attempts,
          dueAt,
          deliveredAt,
          receipt,
          lastError);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO message (message_key, full_key, kind, payload, incident_id, created_at, attempts,
          due_at, owner)
      VALUES (:messageKey, :fullKey, :kind, :payload, :incident, :now, 0, :now, :owner)
      ON CONFLICT DO NOTHING
      """)
  boolean insert(
      @Bind("owner") String owner,
      @Bind("messageKey") String messageKey,
      @Bind("fullKey") String fullKey,
      @Bind("kind") String kind,
      @Bind("payload") String payload,
      @Bind("incident") String incidentId,
      @Bind("now") Instant now);

  @SqlUpdate(
      """
      UPDATE message
      SET attempts = attempts + 1, due_at = NULL, delivered_at = :at, receipt = :receipt,
          troubled = NULL
      WHERE message_key = :key AND delivered_at IS NULL
      """)
  void delivered(
      @Bind("key") String messageKey, @Bind("receipt") String receipt, @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE message
      SET attempts = attempts + 1, due_at = :next, last_error = :error, troubled = place
      WHERE message_key = :key AND delivered_at IS NULL
      """)
  void failed(
      @Bind("key") String messageKey,
      @Bind("error") String error,
      @Bind("next") @Nullable Instant next);

  /**
   * Who carries what this incident's messages of a kind still wait for: they go one after the
   * other.
   */
  @SqlQuery(
      """
      SELECT owner FROM message
      WHERE incident_id = :incident AND kind = :kind AND due_at IS NOT NULL
      ORDER BY place LIMIT 1
      """)
  Optional<String> carrier(@Bind("incident") String incidentId, @Bind("kind") String kind);

  @SqlQuery(
      "SELECT DISTINCT owner FROM message WHERE due_at >= "
          + EVER
          + " AND owner <> :except"
          + " AND owner NOT IN (SELECT id FROM node WHERE lease_until > CURRENT_TIMESTAMP)")
  List<String> abandoned(@Bind("except") String except);

  @SqlQuery(
      "SELECT message_key FROM message WHERE due_at >= "
          + EVER
          + " AND owner = :owner ORDER BY due_at, place LIMIT :limit")
  List<String> ownedBy(@Bind("owner") String owner, @Bind("limit") int limit);

  @SqlBatch("UPDATE message SET owner = :to WHERE message_key = :key AND owner = :from")
  int[] takeOver(@Bind("key") List<String> keys, @Bind("from") String from, @Bind("to") String to);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM message WHERE owner = :owner AND due_at BETWEEN "
          + EVER
          + " AND :now ORDER BY due_at, place LIMIT :limit")
  List<Row> due(@Bind("owner") String owner, @Bind("now") Instant now, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM message WHERE owner = :owner AND kind = :kind AND due_at BETWEEN "
          + EVER
          + " AND :now ORDER BY kind, due_at, place LIMIT :limit")
  List<Row> due(
      @Bind("owner") String owner,
      @Bind("kind") String kind,
      @Bind("now") Instant now,
      @Bind("limit") int limit);

  @SqlQuery(
      "SELECT due_at FROM message WHERE due_at >= "
          + EVER
          + " AND owner = :owner ORDER BY due_at LIMIT 1")
  Optional<Instant> nextDue(@Bind("owner") String owner);

  @SqlQuery("SELECT " + COLUMNS + " FROM message WHERE troubled > 0 ORDER BY troubled LIMIT :limit")
  List<Row> troubled(@Bind("limit") int limit);

  @SqlQuery("SELECT " + COLUMNS + " FROM message WHERE incident_id = :incident ORDER BY place")
  List<Row> ofIncident(@Bind("incident") String incidentId);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM message WHERE incident_id = :incident"
          + " ORDER BY incident_id DESC, place DESC LIMIT :limit")
  List<Row> newest(@Bind("incident") String incidentId, @Bind("limit") int limit);
}
