package dev.firebreak.store;

import dev.firebreak.guard.Automation;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code automation_setting}, {@code part_halt} and {@code halted_change}. */
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

  /** In no order: to be put in one costs more than to read it. */
  @SqlQuery(
      """
      (SELECT 'all' AS scope, mode, reason, owner, set_by, set_at, until_at
       FROM automation_setting
       ORDER BY place DESC
       LIMIT 1)
      UNION ALL
      SELECT scope, mode, reason, owner, set_by, set_at, until_at
      FROM part_halt
      WHERE over_at IS NULL
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

  /** A halted change as a row. */
  record Halted(
      String runId,
      String stepId,
      String incidentId,
      String runbook,
      String scope,
      String why,
      Instant haltedAt,
      boolean live) {
    static Halted of(HaltedChange change) {
      return new Halted(
          change.runId(),
          change.step(),
          change.incidentId(),
          change.runbook(),
          change.scope().asText(),
          change.why(),
          change.at(),
          change.live());
    }

    HaltedChange toChange() {
      return new HaltedChange(
          runId, stepId, incidentId, runbook, HaltScope.parse(scope), why, haltedAt, live);
    }
  }

  @SqlUpdate(
      """
      UPDATE halted_change SET scope = :scope, why = :why, halted_at = :haltedAt, choice = NULL,
        chosen_by = NULL, chosen_at = NULL, chosen_why = NULL, came_of = NULL
      WHERE run_id = :runId AND step_id = :stepId
      """)
  int haltAgain(@BindRecord Halted change);

  @SqlUpdate(
      """
      INSERT INTO halted_change (run_id, step_id, incident_id, runbook, scope, why, halted_at)
      VALUES (:runId, :stepId, :incidentId, :runbook, :scope, :why, :haltedAt)
      """)
  void halt(@BindRecord Halted change);

  @SqlUpdate(
      """
      UPDATE halted_change SET choice = :choice, chosen_by = :by, chosen_at = :at,
        chosen_why = :reason, came_of = :cameOf
      WHERE run_id = :runId AND step_id = :stepId AND chosen_at IS NULL
        AND halted_at = :haltedAt AND scope = :scope AND why = :why
      """)
  int choose(@BindRecord Halted change, @BindRecord HaltedChange.Chosen chosen);

  @SqlQuery(
      """
      SELECT h.run_id, h.step_id, h.incident_id, h.runbook, h.scope, h.why, h.halted_at,
        r.ended_at IS NULL AS live
      FROM halted_change h
      JOIN run r ON r.id = h.run_id AND r.cancelled_code IS NULL
      JOIN run_step s ON s.run_id = h.run_id AND s.step_id = h.step_id
        AND s.reason_code IN ('automation-off', 'halted')
      JOIN incident i ON i.id = h.incident_id AND i.status <> 'RESOLVED'
      WHERE h.chosen_at IS NULL
      ORDER BY h.halted_at, h.run_id, h.step_id
      LIMIT :limit
      """)
  List<Halted> halted(@Bind("limit") int limit);
}
