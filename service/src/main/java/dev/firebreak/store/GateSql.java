package dev.firebreak.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code gate}. */
interface GateSql {
  String COLUMNS =
      """
      id, incident_id, run_id, step_id, question, why, plan, plan_hash, asked, walk, quorum,
      within_millis, opened_at, expires_at, status, ended_at, ended_why, terms
      """;

  /** A gate as a row, without its votes. */
  record Row(
      String id,
      String incidentId,
      String runId,
      String stepId,
      String question,
      String why,
      String plan,
      String planHash,
      String asked,
      int walk,
      int quorum,
      long withinMillis,
      Instant openedAt,
      Instant expiresAt,
      Gate.Status status,
      @Nullable Instant endedAt,
      @Nullable String endedWhy,
      @Nullable String terms) {
    private static final TypeReference<List<List<String>>> ASKED = new TypeReference<>() {};

    static Row of(Gate gate) {
      return new Row(
          gate.id(),
          gate.incidentId(),
          gate.runId(),
          gate.stepId(),
          gate.question(),
          gate.why(),
          Json.write(gate.plan()),
          gate.planHash(),
          Json.write(gate.by()),
          gate.walk(),
          gate.quorum(),
          gate.withinMillis(),
          gate.openedAt(),
          gate.expiresAt(),
          gate.status(),
          gate.endedAt(),
          gate.endedWhy(),
          terms(gate.terms()));
    }

    Gate toGate(List<Gate.Vote> votes) {
      return new Gate(
          id,
          incidentId,
          runId,
          stepId,
          question,
          why,
          Json.object(plan),
          planHash,
          Json.read(asked, ASKED),
          walk,
          quorum,
          withinMillis,
          openedAt,
          expiresAt,
          status,
          endedAt,
          endedWhy,
          votes,
          terms(terms));
    }

    private static String terms(Terms terms) {
      Instant notBefore = terms.notBefore();
      return Json.write(
          Map.of(
              "guards",
              terms.guards(),
              "barred",
              terms.barred(),
              "notBefore",
              notBefore == null ? "" : notBefore.toString()));
    }

    private static Terms terms(@Nullable String kept) {
      if (kept == null) {
        return Terms.NONE;
      }
      Map<String, Object> terms = Json.object(kept);
      String notBefore = String.valueOf(terms.getOrDefault("notBefore", ""));
      Map<String, String> barred = new TreeMap<>();
      if (terms.get("barred") instanceof Map<?, ?> all) {
        all.forEach((who, why) -> barred.put(String.valueOf(who), String.valueOf(why)));
      }
      return new Terms(
          terms.get("guards") instanceof List<?> guards
              ? guards.stream().map(String::valueOf).toList()
              : List.of(),
          barred,
          notBefore.isEmpty() ? null : Instant.parse(notBefore));
    }
  }

  @SqlUpdate(
      """
      INSERT INTO gate (id, incident_id, run_id, step_id, question, why, plan, plan_hash, asked,
          walk, quorum, within_millis, opened_at, expires_at, status, ended_at, ended_why,
          terms)
      VALUES (:id, :incidentId, :runId, :stepId, :question, :why, :plan, :planHash, :asked,
          :walk, :quorum, :withinMillis, :openedAt, :expiresAt, :status, :endedAt, :endedWhy,
          :terms)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate(
      """
      UPDATE gate
      SET walk = :walk, expires_at = :expiresAt, status = :status, ended_at = :endedAt,
          ended_why = :endedWhy
      WHERE id = :id AND status = 'OPEN'
      """)
  int update(@BindRecord Row row);

  @SqlQuery("SELECT id FROM gate WHERE id = :id FOR UPDATE")
  Optional<String> lock(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM gate WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  /** The same, and nobody else changes it, or votes, until this transaction ends. */
  @SqlQuery("SELECT " + COLUMNS + " FROM gate WHERE id = :id FOR UPDATE")
  Optional<Row> hold(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM gate WHERE id < :before ORDER BY id DESC LIMIT :limit")
  List<Row> all(@Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM gate WHERE status = :status AND id < :before ORDER BY status DESC, id DESC LIMIT"
          + " :limit")
  List<Row> in(
      @Bind("status") Gate.Status status, @Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM gate WHERE incident_id = :incident AND id < :before"
          + " ORDER BY id DESC LIMIT :limit")
  List<Row> of(
      @Bind("incident") String incidentId, @Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM gate WHERE incident_id = :incident AND status = :status AND id < :before"
          + " ORDER BY id DESC LIMIT :limit")
  List<Row> of(
      @Bind("incident") String incidentId,
      @Bind("status") Gate.Status status,
      @Bind("before") String before,
      @Bind("limit") int limit);
}
