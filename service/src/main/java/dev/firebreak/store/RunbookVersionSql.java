package dev.firebreak.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code runbook_version}. */
interface RunbookVersionSql {
  @SqlUpdate(
      """
      INSERT INTO runbook_version (version, name, source, kept_at)
      VALUES (:version, :name, :source, :at)
      ON CONFLICT DO NOTHING
      """)
  void insert(
      @Bind("version") String version,
      @Bind("name") String name,
      @Bind("source") String source,
      @Bind("at") Instant at);

  @SqlQuery("SELECT source FROM runbook_version WHERE version = :version")
  Optional<String> source(@Bind("version") String version);
}
