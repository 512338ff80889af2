package dev.firebreak.store;

import dev.firebreak.guard.Intent;
import dev.firebreak.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code intent}, {@code intent_target} and {@code change_order}. */
interface IntentSql {
  String COLUMNS =
      """
      id, run_id, step, attempt, runbook, action, targets, plan, gate, committed_at, outcome,
      outcome_at
      """;

  /** An intent as a row. */
  record Row(
      String id,
      String runId,
      String step,
      int attempt,
      String runbook,
      String action,
      String targets,
      String plan,
      @Nullable String gate,
      Instant committedAt,
      @Nullable String outcome,
      @Nullable Instant outcomeAt) {
    static Row of(Intent intent) {
      return new Row(
          intent.id(),
          intent.runId(),
          intent.step(),
          intent.attempt(),
          intent.runbook(),
          intent.action(),
          Json.write(intent.targets()),
          intent.plan(),
          intent.gate(),
          intent.committedAt(),
          intent.outcome(),
          intent.outcomeAt());
    }

    Intent toIntent() {
      return new Intent(
          id,
          runId,
          step,
          attempt,
          runbook,
          action,
          Json.list(targets),
          plan,
          gate,
          committedAt,
          outcome,
          outcomeAt);
    }
  }

  /** Waits until no other node decides on changes, until the end of this transaction. */
  @SqlQuery("SELECT name FROM change_order WHERE name = 'changes' FOR UPDATE")
  String queueUp();

  @SqlUpdate(
      """
      INSERT INTO intent (id, run_id, step, attempt, runbook, action, targets, plan, gate,
          committed_at, outcome, outcome_at, team, service)
      VALUES (:id, :runId, :step, :attempt, :runbook, :action, :targets, :plan, :gate,
          :committedAt, :outcome, :outcomeAt, :team, :service)
      """)
  void insert(
      @BindRecord Row row,
      @Bind("team") @Nullable String team,
      @Bind("service") @Nullable String service);

  @SqlBatch(
      """
      INSERT INTO intent_target (intent_id, target_key, runbook, step, run_id, committed_at)
      VALUES (:id, :target, :runbook, :counted, :runId, :committedAt)
      """)
  void insertTargets(
      @BindRecord Row row,
      @Bind("counted") String counted,
      @Bind("target") List<String> targetKeys);

  @SqlUpdate("UPDATE intent SET outcome = :outcome, outcome_at = :at WHERE id = :id")
  int end(@Bind("id") String id, @Bind("outcome") String outcome, @Bind("at") Instant at);

  @SqlQuery("SELECT " + COLUMNS + " FROM intent WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM intent WHERE run_id = :run AND step = :step ORDER BY id")
  List<Row> ofStep(@Bind("run") String runId, @Bind("step") String step);

  @SqlQuery("SELECT " + COLUMNS + " FROM intent WHERE run_id = :run ORDER BY id")
  List<Row> ofRun(@Bind("run") String runId);

  @SqlQuery(
      """
      SELECT COUNT(*) FROM intent_target
      WHERE target_key = :target AND runbook = :runbook AND step = :step AND committed_at > :since
      """)
  int countForTarget(
      @Bind("runbook") String runbook,
      @Bind("step") String step,
      @Bind("target") String targetKey,
      @Bind("since") Instant since);

  @SqlQuery("SELECT COUNT(*) FROM intent WHERE runbook = :runbook AND committed_at > :since")
  int countForRunbook(@Bind("runbook") String runbook, @Bind("since") Instant since);

  @SqlQuery("SELECT COUNT(*) FROM intent WHERE committed_at > :since")
  int countAll(@Bind("since") Instant since);

  @SqlQuery("SELECT COUNT(*) FROM intent WHERE team = :team AND committed_at > :since")
  int countForTeam(@Bind("team") String team, @Bind("since") Instant since);

  @SqlQuery("SELECT COUNT(*) FROM intent WHERE service = :service AND committed_at > :since")
  int countForService(@Bind("service") String service, @Bind("since") Instant since);

  @SqlQuery(
      "SELECT COUNT(*) FROM intent_target WHERE target_key = :target AND committed_at > :since")
  int countForAnyFix(@Bind("target") String targetKey, @Bind("since") Instant since);

  @SqlQuery(
      """
      SELECT committed_at FROM intent_target
      WHERE target_key = :target AND runbook = :runbook AND step = :step AND committed_at > :since
      ORDER BY target_key DESC, runbook DESC, step DESC, committed_at DESC
      LIMIT 1 OFFSET :before
      """)
  Optional<Instant> newestForTarget(
      @Bind("runbook") String runbook,
      @Bind("step") String step,
      @Bind("target") String targetKey,
      @Bind("since") Instant since,
      @Bind("before") int before);

  @SqlQuery(
      """
      SELECT committed_at FROM intent_target
      WHERE target_key = :target AND committed_at > :since
      ORDER BY target_key DESC, committed_at DESC
      LIMIT 1 OFFSET :before
      """)
  Optional<Instant> newestForAnyFix(
      @Bind("target") String targetKey, @Bind("since") Instant since, @Bind("before") int before);

  @SqlQuery(
      """
      SELECT committed_at FROM intent WHERE runbook = :name AND committed_at > :since
      ORDER BY runbook DESC, committed_at DESC
      LIMIT 1 OFFSET :before
      """)
  Optional<Instant> newestForRunbook(
      @Bind("name") String runbook, @Bind("since") Instant since, @Bind("before") int before);

  @SqlQuery(
      """
      SELECT committed_at FROM intent WHERE team = :name AND committed_at > :since
      ORDER BY team DESC, committed_at DESC
      LIMIT 1 OFFSET :before
      """)
  Optional<Instant> newestForTeam(
      @Bind("name") String team, @Bind("since") Instant since, @Bind("before") int before);

  @SqlQuery(
      """
      SELECT committed_at FROM intent WHERE service = :name AND committed_at > :since
      ORDER BY service DESC, committed_at DESC
      LIMIT 1 OFFSET :before
      """)
  Optional<Instant> newestForService(
      @Bind("name") String service, @Bind("since") Instant since, @Bind("before") int before);

  @SqlQuery(
      """
      SELECT committed_at FROM intent WHERE committed_at > :since
      ORDER BY committed_at DESC
      LIMIT 1 OFFSET :before
      """)
  Optional<Instant> newestOfAll(@Bind("since") Instant since, @Bind("before") int before);

  /** A target of a change, and where its run stands. */
  record Outcome(String targetKey, String runId, RunStatus status) {}

  @SqlQuery(
      """
      SELECT t.target_key, i.run_id, r.status
      FROM intent i JOIN intent_target t ON t.intent_id = i.id JOIN run r ON r.id = i.run_id
      WHERE i.committed_at > :since
      ORDER BY i.committed_at DESC
      LIMIT :most
      """)
  List<Outcome> outcomes(@Bind("since") Instant since, @Bind("most") int most);

  /** A change by what it is counted by. */
  record Marks(String runbook, String step, String targetKey, String team, String service) {}

  @SqlQuery(
      """
      SELECT t.runbook, t.step, t.target_key, COALESCE(i.team, '') AS team,
          COALESCE(i.service, '') AS service
      FROM intent i JOIN intent_target t ON t.intent_id = i.id
      WHERE i.committed_at > :since
      ORDER BY i.committed_at DESC
      LIMIT :most
      """)
  List<Marks> marks(@Bind("since") Instant since, @Bind("most") int most);

  /** The steps of a rung are called {@code rung} or {@code rung/…}; a '0' comes after a '/'. */
  @SqlQuery(
      """
      SELECT MIN(committed_at) FROM intent_target
      WHERE target_key = :target AND runbook = :runbook AND committed_at > :since
        AND step >= :rung AND step < :rung || '0' AND (step = :rung OR step > :rung || '/')
      GROUP BY run_id
      """)
  List<Instant> runsThatDid(
      @Bind("runbook") String runbook,
      @Bind("rung") String rung,
      @Bind("target") String targetKey,
      @Bind("since") Instant since);

  @SqlQuery(
      """
      SELECT committed_at FROM intent_target
      WHERE target_key = :target AND runbook = :runbook AND step = :step AND run_id <> :exceptRun
      ORDER BY target_key DESC, runbook DESC, step DESC, committed_at DESC
      LIMIT 1
      """)
  Optional<Instant> last(
      @Bind("runbook") String runbook,
      @Bind("step") String step,
      @Bind("target") String targetKey,
      @Bind("exceptRun") String exceptRun);
}
