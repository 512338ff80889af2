package dev.firebreak.store;

import dev.firebreak.guard.Automation;
import dev.firebreak.guard.HaltScope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code automation_setting} and {@code part_halt}. */
interface AutomationSql {
  /** A setting as a row. */
  record Row(
      String scope,
      String mode,
      String reason,
      @Nullable String owner,
      String setBy,
      Instant setAt,
      @Nullable Instant untilAt) {
    static Row of(Automation automation) {
      return new Row(
          automation.scope().asText(),
          automation.mode().name(),
          automation.reason(),
          automation.owner(),
          automation.by(),
          automation.at(),
          automation.until());
    }

    Automation toAutomation() {
      return new Automation(
          Automation.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
          reason,
          setBy,
          setAt,
          untilAt,
          HaltScope.parse(scope),
          Objects.requireNonNullElse(owner, setBy));
    }
  }

  @SqlUpdate(
      """
      INSERT INTO automation_setting (mode, reason, owner, set_by, set_at, until_at)
      VALUES (:mode, :reason, :owner, :setBy, :setAt, :untilAt)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate("UPDATE part_halt SET over_at = :at WHERE over_at IS NULL AND scope = :scope")
  void endPart(@Bind("scope") String scope, @Bind("at") Instant at);

  @SqlUpdate(
      """
      INSERT INTO part_halt (scope, mode, reason, owner, set_by, set_at, until_at, over_at)
      VALUES (:scope, :mode, :reason, :owner, :setBy, :setAt, :untilAt, :over)
      """)
  void insertPart(@BindRecord Row row, @Bind("over") @Nullable Instant over);

  @SqlQuery(
      """
      SELECT 'all' AS scope, mode, reason, owner, set_by, set_at, until_at
      FROM automation_setting
      ORDER BY place DESC
      LIMIT :limit
      """)
  List<Row> newest(@Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT scope, mode, reason, owner, set_by, set_at, until_at
      FROM (
        SELECT 0 AS place, 'all' AS scope, mode, reason, owner, set_by, set_at, until_at
        FROM (SELECT * FROM automation_setting ORDER BY place DESC LIMIT 1) newest
        UNION ALL
        SELECT place, scope, mode, reason, owner, set_by, set_at, until_at
        FROM part_halt
        WHERE over_at IS NULL
      ) standing
      ORDER BY place
      """)
  List<Row> standing();

  @SqlQuery(
      """
      SELECT scope, mode, reason, owner, set_by, set_at, until_at
      FROM part_halt
      ORDER BY place DESC
      LIMIT :limit
      """)
  List<Row> newestParts(@Bind("limit") int limit);
}
