package dev.firebreak.store;

import dev.firebreak.core.Reason;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code run}. */
interface RunSql {
  String COLUMNS =
      """
      id, incident_id, runbook, version, alert, vars, started_by, created_at, status, why_code,
      why_text, ended_at, paused, cancelled_code, cancelled_text, withdrawn, epoch, live_key
      """;

  /** A run without its steps, as it is read. {@code liveKey} is null once it has ended. */
  record Row(
      String id,
      String incidentId,
      String runbook,
      String version,
      String alert,
      String vars,
      String startedBy,
      Instant createdAt,
      RunStatus status,
      @Nullable String whyCode,
      @Nullable String whyText,
      @Nullable Instant endedAt,
      boolean paused,
      @Nullable String cancelledCode,
      @Nullable String cancelledText,
      boolean withdrawn,
      long epoch,
      @Nullable String liveKey) {
    /** As it was before it was written: what is over of its lists is counted, item by item. */
    Run toRun(Map<String, StepRun> steps) {
      return told(steps).restored();
    }

    /** With these steps, whose lists are counted already. */
    Run told(Map<String, StepRun> steps) {
      return new Run(
          id,
          incidentId,
          runbook,
          version,
          Json.object(alert),
          Json.texts(vars),
          startedBy,
          createdAt,
          status,
          Reasons.of(whyCode, whyText),
          endedAt,
          new Run.Control(paused, Reasons.of(cancelledCode, cancelledText), withdrawn),
          epoch,
          steps);
    }
  }

  /** What a run is added with, and keeps. */
  record Origin(
      String incidentId,
      String runbook,
      String version,
      String alert,
      String vars,
      String startedBy,
      Instant createdAt) {
    static Origin of(Run run) {
      return new Origin(
          run.incidentId(),
          run.runbook(),
          run.version(),
          Json.write(run.alert()),
          Json.write(run.vars()),
          run.startedBy(),
          run.createdAt());
    }
  }

  /** What changes in a run's row as it goes on. */
  record State(
      String id,
      RunStatus status,
      @Nullable String whyCode,
      @Nullable String whyText,
      @Nullable Instant endedAt,
      boolean paused,
      @Nullable String cancelledCode,
      @Nullable String cancelledText,
      boolean withdrawn,
      long epoch,
      @Nullable String liveKey) {
    static State of(Run run) {
      Reason why = run.why();
      Run.Control control = run.control();
      Reason cancelled = control.cancelled();
      return new State(
          run.id(),
          run.status(),
          why == null ? null : why.code(),
          why == null ? null : why.text(),
          run.endedAt(),
          control.paused(),
          cancelled == null ? null : cancelled.code(),
          cancelled == null ? null : cancelled.text(),
          control.withdrawn(),
          run.epoch(),
          RunSql.liveKey(run));
    }
  }

  /** Null once it has ended; a run that was called may live beside others of its runbook. */
  static @Nullable String liveKey(Run run) {
    String name = run.parent().isPresent() ? run.id() : run.runbook();
    return run.status().ended() ? null : liveKey(run.incidentId(), name);
  }

  /** Unique among the runs that live. */
  static String liveKey(String incidentId, String runbook) {
    return Keys.bounded(incidentId + '/' + runbook);
  }

  @SqlUpdate(
      """
      INSERT INTO run (id, incident_id, runbook, version, alert, vars, started_by, created_at,
          status, why_code, why_text, ended_at, paused, cancelled_code, cancelled_text, withdrawn,
          owner, epoch, live_key)
      VALUES (:id, :incidentId, :runbook, :version, :alert, :vars, :startedBy, :createdAt,
          :status, :whyCode, :whyText, :endedAt, :paused, :cancelledCode, :cancelledText,
          :withdrawn, :owner, :epoch, :liveKey)
      """)
  void insert(@BindRecord Origin origin, @BindRecord State state, @Bind("owner") String owner);

  @SqlUpdate(
      """
      UPDATE run
      SET status = :status, why_code = :whyCode, why_text = :whyText, ended_at = :endedAt,
          paused = :paused, cancelled_code = :cancelledCode, cancelled_text = :cancelledText,
          withdrawn = :withdrawn, live_key = :liveKey
      WHERE id = :id AND epoch = :epoch
      """)
  int update(@BindRecord State state);

  @SqlQuery("SELECT owner FROM run WHERE id = :id")
  Optional<String> owner(@Bind("id") String id);

  /** Asks for each node that is gone, and not for each run that lives. */
  @SqlQuery(
      """
      SELECT id FROM node
      WHERE id <> :except AND lease_until <= CURRENT_TIMESTAMP
        AND EXISTS (SELECT 1 FROM run WHERE run.owner = node.id AND run.live_key > '')
      ORDER BY id
      """)
  List<String> left(@Bind("except") String except);

  @SqlQuery(
      """
      SELECT DISTINCT owner FROM run
      WHERE live_key > '' AND owner <> :except
        AND owner NOT IN (SELECT id FROM node WHERE lease_until > CURRENT_TIMESTAMP)
      """)
  List<String> abandoned(@Bind("except") String except);

  /** How often the database says that one node may take what another one owns: 0 or 1. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM node taker
      WHERE taker.id = :to
        AND NOT EXISTS (SELECT 1 FROM node WHERE id = :from AND lease_until > CURRENT_TIMESTAMP)
        AND (EXISTS (SELECT 1 FROM node WHERE id = :from AND left_at IS NOT NULL)
          OR taker.unbroken_since + (taker.lease_until - taker.seen_at) <= CURRENT_TIMESTAMP)
      """)
  int mayTake(@Bind("from") String from, @Bind("to") String to);

  @SqlQuery(
      """
      SELECT id FROM run WHERE owner = :owner AND live_key > '' ORDER BY id
      """)
  List<String> ownedBy(@Bind("owner") String owner);

  @SqlUpdate(
      """
      UPDATE run SET owner = :to, epoch = epoch + 1
      WHERE id = :id AND owner = :from AND live_key > ''
      """)
  int takeOver(@Bind("id") String id, @Bind("from") String from, @Bind("to") String to);

  @SqlUpdate("UPDATE run SET paused = TRUE, epoch = epoch + 1 WHERE live_key > ''")
  int pauseLive();

  @SqlQuery("SELECT " + COLUMNS + " FROM run WHERE live_key > '' ORDER BY id")
  List<Row> live();

  @SqlQuery("SELECT " + COLUMNS + " FROM run WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery("SELECT id FROM run WHERE live_key = :liveKey")
  Optional<String> live(@Bind("liveKey") String liveKey);

  @SqlQuery("SELECT id FROM run WHERE incident_id = :incident AND live_key > '' ORDER BY id")
  List<String> liveOf(@Bind("incident") String incidentId);

  @SqlQuery("SELECT " + COLUMNS + " FROM run WHERE id < :before ORDER BY id DESC LIMIT :limit")
  List<Row> all(@Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM run WHERE status = :status AND id < :before ORDER BY status DESC, id DESC LIMIT"
          + " :limit")
  List<Row> in(
      @Bind("status") RunStatus status, @Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM run WHERE incident_id = :incident AND id < :before"
          + " ORDER BY incident_id DESC, id DESC LIMIT :limit")
  List<Row> of(
      @Bind("incident") String incidentId, @Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM run WHERE incident_id = :incident AND status = :status AND id < :before"
          + " ORDER BY id DESC LIMIT :limit")
  List<Row> of(
      @Bind("incident") String incidentId,
      @Bind("status") RunStatus status,
      @Bind("before") String before,
      @Bind("limit") int limit);
}
