package dev.firebreak.store;

import dev.firebreak.run.JournalEntry;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code journal_entry} and {@code journal_head}. */
interface JournalSql {
  /** Where an incident's chain ends. */
  record Head(String incidentId, long sequence, String hash) {}

  @SqlBatch(
      """
      INSERT INTO journal_entry (incident_id, sequence, at, actor, kind, run_id, step_id, text,
          data, hash)
      VALUES (:incidentId, :sequence, :at, :actor, :kind, :runId, :stepId, :text, :data, :hash)
      """)
  void insert(@BindRecord List<JournalEntry> entries);

  @SqlQuery("SELECT incident_id, sequence, hash FROM journal_head WHERE incident_id = :incident")
  Optional<Head> head(@Bind("incident") String incidentId);

  @SqlUpdate(
      """
      INSERT INTO journal_head (incident_id, sequence, hash)
      VALUES (:incidentId, :sequence, :hash)
      ON CONFLICT DO NOTHING
      """)
  int insertHead(@BindRecord Head head);

  @SqlUpdate(
      """
      UPDATE journal_head SET sequence = :sequence, hash = :hash
      WHERE incident_id = :incidentId AND sequence = :before
      """)
  int moveHead(@BindRecord Head head, @Bind("before") long before);

  @SqlQuery(
      """
      SELECT incident_id, sequence, at, actor, kind, run_id, step_id, text, data, hash
      FROM journal_entry
      WHERE incident_id = :incident AND sequence > :after
      ORDER BY incident_id, sequence
      LIMIT :limit
      """)
  List<JournalEntry> read(
      @Bind("incident") String incidentId, @Bind("after") long after, @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT incident_id FROM journal_entry WHERE incident_id > :after
      ORDER BY incident_id LIMIT 1
      """)
  Optional<String> nextWithEntries(@Bind("after") String after);

  @SqlQuery(
      """
      SELECT incident_id FROM journal_head WHERE incident_id > :after
      ORDER BY incident_id LIMIT 1
      """)
  Optional<String> nextWithHead(@Bind("after") String after);
}
