package dev.firebreak.store;

import dev.firebreak.core.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code run_mail}. */
interface MailSql {
  /** A letter as a row. */
  record Row(long place, String runId, String event) {}

  @SqlUpdate(
      """
      INSERT INTO run_mail (run_id, event, posted_by, posted_at)
      VALUES (:run, :event, :by, :now)
      """)
  @GetGeneratedKeys("place")
  long insert(
      @Bind("run") String runId,
      @Bind("event") String event,
      @Bind("by") String by,
      @Bind("now") Instant now);

  @SqlQuery(
      """
      SELECT m.place, m.run_id, m.event FROM run_mail m JOIN run r ON r.id = m.run_id
      WHERE r.owner = :owner AND r.live_key > ''
      ORDER BY m.place
      LIMIT :limit
      """)
  List<Row> of(@Bind("owner") String owner, @Bind("limit") int limit);

  @SqlUpdate("DELETE FROM run_mail WHERE place = :place")
  int delete(@Bind("place") long place);

  @SqlQuery("SELECT COUNT(*) FROM run_mail WHERE place = :place")
  int count(@Bind("place") long place);

  @SqlUpdate(
      """
      INSERT INTO run_mail_refusal (place, reason_code, reason_text, refused_at)
      VALUES (:place, :code, :text, :now)
      """)
  void refuse(
      @Bind("place") long place,
      @Bind("code") String code,
      @Bind("text") String text,
      @Bind("now") Instant now);

  @SqlQuery(
      "SELECT reason_code AS code, reason_text AS text FROM run_mail_refusal WHERE place = :place")
  Optional<Reason> refusal(@Bind("place") long place);

  @SqlUpdate("DELETE FROM run_mail_refusal WHERE refused_at < :before")
  void clearRefusals(@Bind("before") Instant before);

  @SqlUpdate(
      """
      DELETE FROM run_mail WHERE NOT EXISTS
        (SELECT 1 FROM run WHERE run.id = run_mail.run_id AND run.live_key > '')
      """)
  int clear();
}
