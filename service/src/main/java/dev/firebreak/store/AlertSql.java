package dev.firebreak.store;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Statements on {@code alert} and {@code alert_group}. Many keys are joined by {@code UNNEST}: with
 * {@code = ANY} H2 reads the whole table.
 */
interface AlertSql {
  String COLUMNS =
      """
      a.id, a.source, a.fingerprint_key, a.fingerprint, a.status, a.starts_at, a.ends_at, a.labels,
      a.annotations, a.severity, a.summary, a.link, a.incident_id, a.first_delivery, a.first_seen,
      a.last_seen, a.deliveries
      """;

  /** An alert as a row. */
  record Row(
      String id,
      String source,
      String fingerprintKey,
      String fingerprint,
      Alert.Status status,
      Instant startsAt,
      @Nullable Instant endsAt,
      String labels,
      String annotations,
      @Nullable String severity,
      String summary,
      @Nullable String link,
      @Nullable String incidentId,
      String firstDelivery,
      Instant firstSeen,
      Instant lastSeen,
      long deliveries) {
    static Row of(StoredAlert stored) {
      Alert alert = stored.alert();
      return new Row(
          stored.id(),
          alert.source(),
          Keys.bounded(alert.fingerprint()),
          alert.fingerprint(),
          alert.status(),
          alert.startsAt(),
          alert.endsAt(),
          Json.write(alert.labels()),
          Json.write(alert.annotations()),
          alert.severity(),
          alert.summary(),
          alert.link(),
          stored.incidentId(),
          stored.firstDelivery(),
          stored.firstSeen(),
          stored.lastSeen(),
          stored.deliveries());
    }

    StoredAlert toAlert() {
      Alert alert =
          new Alert(
              source,
              fingerprint,
              status,
              startsAt,
              endsAt,
              Json.texts(labels),
              Json.texts(annotations),
              severity,
              summary,
              link);
      return new StoredAlert(id, alert, incidentId, firstDelivery, firstSeen, lastSeen, deliveries);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO alert (id, source, fingerprint_key, fingerprint, status, starts_at, ends_at,
          labels, annotations, severity, summary, link, incident_id, first_delivery, first_seen,
          last_seen, deliveries)
      VALUES (:id, :source, :fingerprintKey, :fingerprint, :status, :startsAt, :endsAt,
          :labels, :annotations, :severity, :summary, :link, :incidentId, :firstDelivery,
          :firstSeen, :lastSeen, :deliveries)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate(
      """
      UPDATE alert
      SET status = :status, ends_at = :endsAt, labels = :labels, annotations = :annotations,
          severity = :severity, summary = :summary, link = :link, incident_id = :incidentId,
          last_seen = :lastSeen, deliveries = :deliveries
      WHERE id = :id
      """)
  int update(@BindRecord Row row);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
          FROM alert a
          WHERE a.source = :source AND a.fingerprint_key = :fingerprint AND a.starts_at = :startsAt
          """)
  Optional<Row> find(
      @Bind("source") String source,
      @Bind("fingerprint") String fingerprintKey,
      @Bind("startsAt") Instant startsAt);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
          FROM alert a
          WHERE a.source = :source AND a.fingerprint_key = :fingerprint AND a.status = 'FIRING'
          ORDER BY a.source DESC, a.fingerprint_key DESC, a.status DESC, a.starts_at DESC
          LIMIT 1
          """)
  Optional<Row> latest(@Bind("source") String source, @Bind("fingerprint") String fingerprintKey);

  @SqlQuery(
      """
      SELECT COUNT(*) FROM alert
      WHERE source = :source AND fingerprint_key = :fingerprint AND starts_at > :since
      """)
  int firings(
      @Bind("source") String source,
      @Bind("fingerprint") String fingerprintKey,
      @Bind("since") Instant since);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM alert a WHERE a.incident_id = :incident UNION ALL SELECT "
          + COLUMNS
          + """
           FROM alert_incident l JOIN alert a ON a.id = l.alert_id
          WHERE l.incident_id = :incident
          ORDER BY id
          """)
  List<Row> ofIncident(@Bind("incident") String incidentId);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM alert a WHERE a.incident_id = :incident AND a.first_seen > :after"
          + " UNION ALL SELECT "
          + COLUMNS
          + """
           FROM alert_incident l JOIN alert a ON a.id = l.alert_id
          WHERE l.incident_id = :incident AND a.first_seen > :after
          ORDER BY id DESC LIMIT :limit
          """)
  List<Row> since(
      @Bind("incident") String incidentId, @Bind("after") Instant after, @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT (SELECT COUNT(*) FROM alert WHERE incident_id = :incident AND status = 'FIRING')
        + (SELECT COUNT(*) FROM alert_incident l JOIN alert a ON a.id = l.alert_id
           WHERE l.incident_id = :incident AND a.status = 'FIRING')
      """)
  int firing(@Bind("incident") String incidentId);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
          FROM alert_group g JOIN alert a ON a.id = g.alert_id
          WHERE g.source = :source AND g.group_key = :groupKey AND a.status = 'FIRING'
          ORDER BY a.id
          """)
  List<Row> firingInGroup(@Bind("source") String source, @Bind("groupKey") String groupKey);

  @SqlUpdate(
      """
      INSERT INTO alert_group (source, group_key, alert_id) VALUES (:source, :groupKey, :alert)
      ON CONFLICT DO NOTHING
      """)
  void join(
      @Bind("source") String source,
      @Bind("groupKey") String groupKey,
      @Bind("alert") String alertId);

  @SqlUpdate("DELETE FROM alert_group WHERE alert_id = :alert")
  void leave(@Bind("alert") String alertId);

  @SqlBatch(
      """
      INSERT INTO alert (id, source, fingerprint_key, fingerprint, status, starts_at, ends_at,
          labels, annotations, severity, summary, link, incident_id, first_delivery, first_seen,
          last_seen, deliveries)
      VALUES (:id, :source, :fingerprintKey, :fingerprint, :status, :startsAt, :endsAt,
          :labels, :annotations, :severity, :summary, :link, :incidentId, :firstDelivery,
          :firstSeen, :lastSeen, :deliveries)
      """)
  void insertAll(@BindRecord Iterable<Row> rows);

  @SqlBatch(
      """
      UPDATE alert
      SET status = :status, ends_at = :endsAt, labels = :labels, annotations = :annotations,
          severity = :severity, summary = :summary, link = :link, incident_id = :incidentId,
          last_seen = :lastSeen, deliveries = :deliveries
      WHERE id = :id
      """)
  int[] updateAll(@BindRecord Iterable<Row> rows);

  @SqlBatch(
      """
      INSERT INTO alert_group (source, group_key, alert_id) VALUES (:source, :groupKey, :alert)
      ON CONFLICT DO NOTHING
      """)
  void joinAll(
      @Bind("source") String source,
      @Bind("groupKey") String groupKey,
      @Bind("alert") Iterable<String> alertIds);

  @SqlBatch("DELETE FROM alert_group WHERE alert_id = :alert")
  void leaveAll(@Bind("alert") Iterable<String> alertIds);

  /** Two questions, each with an index of its own: together they read an alert's whole history. */
  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
           FROM UNNEST(:fingerprints) said (fingerprint_key)
          JOIN alert a ON a.source = :source AND a.fingerprint_key = said.fingerprint_key
          WHERE a.starts_at BETWEEN :from AND :to
          UNION ALL SELECT
          """
          + COLUMNS
          + """
           FROM UNNEST(:fingerprints) said (fingerprint_key)
          JOIN alert a ON a.source = :source AND a.fingerprint_key = said.fingerprint_key
            AND a.status = 'FIRING'
          WHERE NOT a.starts_at BETWEEN :from AND :to
          """)
  List<Row> known(
      @Bind("source") String source,
      @Bind("fingerprints") String[] fingerprintKeys,
      @Bind("from") Instant from,
      @Bind("to") Instant to);

  @SqlUpdate(
      """
      INSERT INTO alert_incident (incident_id, alert_id) VALUES (:incident, :alert)
      ON CONFLICT DO NOTHING
      """)
  void link(@Bind("alert") String alertId, @Bind("incident") String incidentId);

  @SqlQuery(
      """
      SELECT l.alert_id, l.incident_id
      FROM UNNEST(:alerts) asked (alert_id) JOIN alert_incident l ON l.alert_id = asked.alert_id
      ORDER BY l.alert_id, l.incident_id
      """)
  List<LinkRow> links(@Bind("alerts") String[] alertIds);

  /** An alert's further incident as a row. */
  record LinkRow(String alertId, String incidentId) {}
}
