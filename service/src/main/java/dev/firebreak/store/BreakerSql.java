package dev.firebreak.store;

import dev.firebreak.guard.breaker.Breaker;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code circuit_breaker} and {@code failed_fix}. */
interface BreakerSql {
  String COLUMNS =
      """
      id, kind, runbook, subject, owner, why, incident_id, opened_at, retry_at, trial_run,
      trial_target, trial_at, closed_by, closed_at, closed_why
      """;

  /** A breaker as a row. */
  record Row(
      String id,
      String kind,
      String runbook,
      String subject,
      String owner,
      String why,
      String incidentId,
      Instant openedAt,
      @Nullable Instant retryAt,
      @Nullable String trialRun,
      @Nullable String trialTarget,
      @Nullable Instant trialAt,
      @Nullable String closedBy,
      @Nullable Instant closedAt,
      @Nullable String closedWhy) {
    static Row of(Breaker breaker) {
      return new Row(
          breaker.id(),
          breaker.kind().asText(),
          breaker.runbook(),
          breaker.subject(),
          breaker.owner(),
          breaker.why(),
          breaker.incidentId(),
          breaker.openedAt(),
          breaker.retryAt(),
          null,
          null,
          null,
          null,
          null,
          null);
    }

    Breaker toBreaker() {
      return new Breaker(
          id,
          Breaker.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
          runbook,
          subject,
          owner,
          why,
          incidentId,
          openedAt,
          retryAt,
          trialRun == null || trialTarget == null || trialAt == null
              ? null
              : new Breaker.Trial(trialRun, trialTarget, trialAt),
          closedBy == null || closedAt == null || closedWhy == null
              ? null
              : new Breaker.End(closedBy, closedAt, closedWhy));
    }
  }

  @SqlUpdate(
      """
      INSERT INTO circuit_breaker (id, open_key, kind, runbook, subject, owner, why, incident_id,
          opened_at, retry_at)
      VALUES (:id, :key, :kind, :runbook, :subject, :owner, :why, :incidentId, :openedAt, :retryAt)
      ON CONFLICT DO NOTHING
      """)
  int insert(@BindRecord Row row, @Bind("key") String openKey);

  @SqlQuery(
      "SELECT " + COLUMNS + " FROM circuit_breaker WHERE open_key > '' ORDER BY opened_at, id")
  List<Row> open();

  @SqlQuery("SELECT " + COLUMNS + " FROM circuit_breaker WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlUpdate(
      """
      UPDATE circuit_breaker
      SET trial_run = :run, trial_target = :target, trial_at = :at, retry_at = :retry
      WHERE id = :id AND open_key IS NOT NULL
      """)
  int tries(
      @Bind("id") String id,
      @Bind("run") @Nullable String run,
      @Bind("target") @Nullable String target,
      @Bind("at") @Nullable Instant at,
      @Bind("retry") Instant retry);

  @SqlUpdate(
      """
      UPDATE circuit_breaker
      SET open_key = NULL, closed_by = :by, closed_at = :at, closed_why = :reason
      WHERE id = :id AND open_key IS NOT NULL
      """)
  int close(@Bind("id") String id, @BindRecord Breaker.End end);

  @SqlQuery("SELECT " + COLUMNS + " FROM circuit_breaker ORDER BY id DESC LIMIT :limit")
  List<Row> newest(@Bind("limit") int limit);

  @SqlBatch(
      """
      INSERT INTO failed_fix (runbook, subject, incident_id, failed_at)
      VALUES (:runbook, :subject, :incident, :at)
      """)
  void failed(
      @Bind("runbook") String runbook,
      @Bind("subject") List<String> subjects,
      @Bind("incident") String incidentId,
      @Bind("at") Instant at);

  @SqlBatch("DELETE FROM failed_fix WHERE runbook = :runbook AND subject = :subject")
  void helped(@Bind("runbook") String runbook, @Bind("subject") List<String> subjects);

  @SqlUpdate(
      "UPDATE group_alarm SET alarmed_at = :at WHERE group_name = :group AND member = :member")
  int alarmedAgain(
      @Bind("group") String group, @Bind("member") String member, @Bind("at") Instant at);

  @SqlUpdate(
      "INSERT INTO group_alarm (group_name, member, alarmed_at) VALUES (:group, :member, :at)")
  void alarmed(@Bind("group") String group, @Bind("member") String member, @Bind("at") Instant at);

  @SqlUpdate("DELETE FROM group_alarm WHERE group_name = :group AND alarmed_at < :since")
  void calm(@Bind("group") String group, @Bind("since") Instant since);

  @SqlUpdate("DELETE FROM group_alarm WHERE group_name = :group")
  void calm(@Bind("group") String group);

  @SqlQuery("SELECT COUNT(*) FROM group_alarm WHERE group_name = :group AND alarmed_at >= :since")
  int alarming(@Bind("group") String group, @Bind("since") Instant since);

  @SqlQuery(
      """
      SELECT COUNT(*) FROM failed_fix
      WHERE runbook = :runbook AND subject = :subject AND failed_at > :since
      """)
  int failures(
      @Bind("runbook") String runbook,
      @Bind("subject") String subject,
      @Bind("since") Instant since);
}
