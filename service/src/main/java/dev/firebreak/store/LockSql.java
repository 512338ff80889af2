package dev.firebreak.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code target_lock}. */
interface LockSql {
  @SqlQuery("SELECT run_id FROM target_lock WHERE target_key = :target")
  Optional<String> holder(@Bind("target") String targetKey);

  @SqlUpdate(
      """
      INSERT INTO target_lock (target_key, target, run_id, taken_at)
      VALUES (:targetKey, :target, :run, :at)
      ON CONFLICT DO NOTHING
      """)
  int insert(
      @Bind("targetKey") String targetKey,
      @Bind("target") String target,
      @Bind("run") String runId,
      @Bind("at") Instant at);

  @SqlQuery("SELECT target FROM target_lock WHERE run_id = :run ORDER BY target_key")
  List<String> heldBy(@Bind("run") String runId);

  @SqlUpdate("DELETE FROM target_lock WHERE run_id = :run")
  void delete(@Bind("run") String runId);
}
