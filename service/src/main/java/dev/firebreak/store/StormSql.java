package dev.firebreak.store;

import dev.firebreak.guard.storm.Storm;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code change_storm}. */
interface StormSql {
  @SqlUpdate(
      """
      INSERT INTO change_storm (begun_at, incident_id, what)
      VALUES (:begunAt, :incidentId, :what)
      """)
  void insert(@BindRecord Storm storm);

  @SqlQuery(
      """
      SELECT begun_at, incident_id, what FROM change_storm
      WHERE ended_at IS NULL
      ORDER BY begun_at
      """)
  List<Storm> standing();

  @SqlUpdate(
      "UPDATE change_storm SET ended_at = :at WHERE begun_at = :begunAt AND ended_at IS NULL")
  int end(@BindRecord Storm storm, @Bind("at") Instant at);
}
