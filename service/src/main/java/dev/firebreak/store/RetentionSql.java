package dev.firebreak.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Statements that find what is old and remove it: first a few keys, then the rows by their keys, so
 * that no statement reads or locks more than it removes.
 */
interface RetentionSql {
  /** Resolved, and with nothing left to do: no live run, message or alert. */
  String OVER =
      """
      i.status = 'RESOLVED' AND i.resolved_at < :before
        AND NOT EXISTS (SELECT 1 FROM run r WHERE r.incident_id = i.id
          AND (r.live_key > '' OR r.ended_at >= :before))
        AND NOT EXISTS (SELECT 1 FROM message m WHERE m.incident_id = i.id AND m.due_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.incident_id = i.id AND a.status = 'FIRING')
        AND NOT EXISTS (SELECT 1 FROM alert_incident l JOIN alert a ON a.id = l.alert_id
          WHERE l.incident_id = i.id AND a.status = 'FIRING')
      """;

  @SqlQuery(
      "SELECT i.id FROM incident i WHERE i.id > :after AND i.id < :end AND "
          + OVER
          + " ORDER BY i.status, i.id LIMIT :limit")
  List<String> over(
      @Bind("after") String after,
      @Bind("end") String end,
      @Bind("before") Instant before,
      @Bind("limit") int limit);

  @SqlQuery("SELECT i.id FROM incident i WHERE i.id = :id AND " + OVER)
  Optional<String> stillOver(@Bind("id") String id, @Bind("before") Instant before);

  /** The newest incident that is one too many. */
  @SqlQuery("SELECT id FROM incident ORDER BY id DESC OFFSET :most ROWS FETCH FIRST 1 ROWS ONLY")
  Optional<String> tooMany(@Bind("most") long most);

  @SqlUpdate(
      """
      INSERT INTO removed_incident (incident_id, entries, hash, removed_at)
      VALUES (:incident, :entries, :hash, :at)
      ON CONFLICT DO NOTHING
      """)
  int bury(
      @Bind("incident") String incidentId,
      @Bind("entries") long entries,
      @Bind("hash") String hash,
      @Bind("at") Instant at);

  @SqlUpdate("INSERT INTO removal (incident_id) VALUES (:incident)")
  void begin(@Bind("incident") String incidentId);

  @SqlQuery("SELECT incident_id FROM removal ORDER BY incident_id LIMIT 1")
  Optional<String> begun();

  @SqlUpdate("DELETE FROM removal WHERE incident_id = :incident")
  void done(@Bind("incident") String incidentId);

  @SqlUpdate("DELETE FROM incident WHERE id = :incident")
  void incident(@Bind("incident") String incidentId);

  @SqlUpdate("DELETE FROM journal_head WHERE incident_id = :incident")
  void head(@Bind("incident") String incidentId);

  @SqlQuery(
      """
      SELECT sequence FROM journal_entry WHERE incident_id = :incident
      ORDER BY incident_id DESC, sequence DESC LIMIT :limit
      """)
  List<Long> entries(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM journal_entry WHERE incident_id = :incident AND sequence = :sequence")
  void entries(@Bind("incident") String incidentId, @Bind("sequence") List<Long> sequences);

  @SqlQuery("SELECT id FROM run WHERE incident_id = :incident ORDER BY incident_id, id LIMIT 1")
  Optional<String> run(@Bind("incident") String incidentId);

  @SqlQuery("SELECT step_id FROM run_step WHERE run_id = :run LIMIT :limit")
  List<String> steps(@Bind("run") String runId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM run_step WHERE run_id = :run AND step_id = :step")
  void steps(@Bind("run") String runId, @Bind("step") List<String> steps);

  @SqlQuery("SELECT id FROM intent WHERE run_id = :run ORDER BY run_id, id LIMIT :limit")
  List<String> intents(@Bind("run") String runId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM intent_target WHERE intent_id = :id")
  void intentTargets(@Bind("id") List<String> ids);

  @SqlBatch("DELETE FROM intent WHERE id = :id")
  void intents(@Bind("id") List<String> ids);

  @SqlUpdate("DELETE FROM run_signal WHERE run_id = :run")
  void signals(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM unheard WHERE incident_id = :incident")
  void unheard(@Bind("incident") String incidentId);

  @SqlUpdate("DELETE FROM failed_fix WHERE incident_id = :incident")
  void failedFixes(@Bind("incident") String incidentId);

  @SqlUpdate("DELETE FROM glass_review WHERE incident_id = :incident")
  void reviews(@Bind("incident") String incidentId);

  @SqlUpdate("DELETE FROM attention WHERE incident_id = :incident")
  void attention(@Bind("incident") String incidentId);

  @SqlUpdate("DELETE FROM run_mail WHERE run_id = :run")
  void mail(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM rehearsed_change WHERE run_id = :run")
  void rehearsed(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM halted_change WHERE run_id = :run")
  void halted(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM target_wait WHERE run_id = :run")
  void waits(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM target_lock WHERE run_id = :run")
  void locks(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM run WHERE id = :run")
  void endOf(@Bind("run") String runId);

  @SqlQuery(
      "SELECT id FROM gate WHERE incident_id = :incident ORDER BY incident_id, id LIMIT :limit")
  List<String> gates(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM gate_vote WHERE gate_id = :id")
  void votes(@Bind("id") List<String> gateIds);

  @SqlBatch("DELETE FROM gate WHERE id = :id")
  void gates(@Bind("id") List<String> ids);

  @SqlQuery(
      "SELECT id FROM escalation WHERE incident_id = :incident ORDER BY incident_id, id LIMIT"
          + " :limit")
  List<String> escalations(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM escalation WHERE id = :id")
  void escalations(@Bind("id") List<String> ids);

  @SqlQuery(
      "SELECT id FROM artifact WHERE incident_id = :incident ORDER BY incident_id, id LIMIT :limit")
  List<String> artifacts(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM artifact_content WHERE artifact_id = :id")
  void contents(@Bind("id") List<String> artifactIds);

  @SqlBatch("DELETE FROM artifact WHERE id = :id")
  void artifacts(@Bind("id") List<String> ids);

  @SqlQuery(
      """
      SELECT message_key FROM message WHERE incident_id = :incident ORDER BY incident_id, place LIMIT :limit
      """)
  List<String> messages(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM message WHERE message_key = :key")
  void messages(@Bind("key") List<String> keys);

  @SqlUpdate("DELETE FROM ticket WHERE incident_id = :incident")
  void tickets(@Bind("incident") String incidentId);

  /** Alerts of this incident, its own and those it shares. */
  @SqlQuery(
      """
      SELECT id FROM alert WHERE incident_id = :incident
      UNION SELECT alert_id FROM alert_incident WHERE incident_id = :incident
      LIMIT :limit
      """)
  List<String> alerts(@Bind("incident") String incidentId, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM alert_incident WHERE incident_id = :incident AND alert_id = :id")
  void links(@Bind("incident") String incidentId, @Bind("id") List<String> alertIds);

  /** An alert of several incidents is theirs who stay; the last one takes it along. */
  @SqlBatch(
      """
      UPDATE alert SET incident_id = (
          SELECT MIN(l.incident_id) FROM alert_incident l WHERE l.alert_id = :id)
      WHERE id = :id AND incident_id = :incident
      """)
  void handOver(@Bind("incident") String incidentId, @Bind("id") List<String> alertIds);

  @SqlBatch("DELETE FROM alert WHERE id = :id AND incident_id IS NULL AND status <> 'FIRING'")
  void alerts(@Bind("id") List<String> ids);

  @SqlBatch("DELETE FROM alert_group WHERE alert_id = :id")
  void groups(@Bind("id") List<String> alertIds);

  /** Alerts that no runbook wanted. */
  @SqlQuery(
      """
      SELECT id FROM alert
      WHERE id > :after AND id < :end AND incident_id IS NULL AND last_seen < :before
      ORDER BY id LIMIT :limit
      """)
  List<String> unwanted(
      @Bind("after") String after,
      @Bind("end") String end,
      @Bind("before") Instant before,
      @Bind("limit") int limit);

  @SqlBatch("DELETE FROM alert WHERE id = :id AND incident_id IS NULL")
  void unwanted(@Bind("id") List<String> ids);

  /** Bytes of resolved incidents. */
  @SqlQuery(
      """
      SELECT c.artifact_id FROM artifact_content c
      WHERE c.artifact_id > :after AND c.artifact_id < :end
        AND NOT EXISTS (SELECT 1 FROM artifact a JOIN incident i ON i.id = a.incident_id
          WHERE a.id = c.artifact_id AND i.status <> 'RESOLVED')
      ORDER BY c.artifact_id LIMIT :limit
      """)
  List<String> contents(
      @Bind("after") String after, @Bind("end") String end, @Bind("limit") int limit);

  /** What alerts of unresolved incidents came with stays. */
  @SqlQuery(
      """
      SELECT d.id FROM delivery d
      WHERE d.id > :after AND d.id < :end
        AND NOT EXISTS (SELECT 1 FROM alert a JOIN incident i ON i.id = a.incident_id
          WHERE a.first_delivery = d.id AND i.status <> 'RESOLVED')
      ORDER BY d.id LIMIT :limit
      """)
  List<String> deliveries(
      @Bind("after") String after, @Bind("end") String end, @Bind("limit") int limit);

  @SqlBatch("DELETE FROM delivery WHERE id = :id")
  void deliveries(@Bind("id") List<String> ids);

  /** What was removed, for the audit. */
  record Removed(String incidentId, long entries, String hash) {}

  @SqlQuery("SELECT incident_id, entries, hash FROM removed_incident WHERE incident_id = :incident")
  Optional<Removed> removed(@Bind("incident") String incidentId);

  @SqlQuery("SELECT incident_id FROM removal WHERE incident_id = :incident")
  Optional<String> begun(@Bind("incident") String incidentId);

  @SqlQuery("SELECT COUNT(*) FROM removed_incident")
  long removed();
}
