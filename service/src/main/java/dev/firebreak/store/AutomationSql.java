package dev.firebreak.store;

import dev.firebreak.guard.Automation;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code automation_setting}. */
interface AutomationSql {
  @SqlUpdate(
      """
      INSERT INTO automation_setting (mode, reason, set_by, set_at, until_at)
      VALUES (:mode, :reason, :by, :at, :until)
      """)
  void insert(@BindRecord Automation automation);

  @SqlQuery(
      """
      SELECT mode, reason, set_by AS "by", set_at AS "at", until_at AS "until"
      FROM automation_setting
      ORDER BY place DESC
      LIMIT :limit
      """)
  List<Automation> newest(@Bind("limit") int limit);
}
