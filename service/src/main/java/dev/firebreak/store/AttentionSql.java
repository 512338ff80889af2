package dev.firebreak.store;

import dev.firebreak.escalation.Attention;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code attention}. */
interface AttentionSql {
  String ONE =
      "SELECT incident_id, state, person, giver, call_id, seen, due_at FROM attention"
          + " WHERE incident_id = :incident";

  /** One of them. */
  record Row(
      String incidentId,
      String state,
      String person,
      @Nullable String giver,
      @Nullable String callId,
      long seen,
      Instant dueAt) {
    static Row of(Attention one) {
      return new Row(
          one.incidentId(),
          one.state().asText(),
          one.person(),
          one.giver(),
          one.call(),
          one.seen(),
          one.dueAt());
    }

    Attention toAttention() {
      return new Attention(
          incidentId,
          Attention.State.valueOf(state.toUpperCase(Locale.ROOT)),
          person,
          giver,
          callId,
          seen,
          dueAt);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO attention (incident_id, state, person, giver, call_id, seen, due_at)
      VALUES (:incidentId, :state, :person, :giver, :callId, :seen, :dueAt)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate("DELETE FROM attention WHERE incident_id = :incident")
  void delete(@Bind("incident") String incidentId);

  @SqlQuery(ONE)
  Optional<Row> find(@Bind("incident") String incidentId);

  /** The same, and nobody else changes it until this transaction ends. */
  @SqlQuery(ONE + " FOR UPDATE")
  Optional<Row> hold(@Bind("incident") String incidentId);

  @SqlQuery("SELECT incident_id FROM attention WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
  List<String> due(@Bind("now") Instant now, @Bind("limit") int limit);
}
