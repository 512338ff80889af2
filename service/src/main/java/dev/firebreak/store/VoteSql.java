package dev.firebreak.store;

import dev.firebreak.gate.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code gate_vote}. */
interface VoteSql {
  /** A vote as a row. */
  record Row(String person, boolean approve, String reason, Instant at, @Nullable String answers) {
    static Row of(Gate.Vote vote) {
      return new Row(
          vote.person(),
          vote.approve(),
          vote.reason(),
          vote.at(),
          vote.answers().isEmpty() ? null : Json.write(vote.answers()));
    }

    Gate.Vote toVote() {
      return new Gate.Vote(
          person, approve, reason, at, answers == null ? Map.of() : Json.object(answers));
    }
  }

  @SqlUpdate(
      """
      INSERT INTO gate_vote (gate_id, person, approve, reason, at, answers)
      VALUES (:gate, :person, :approve, :reason, :at, :answers)
      ON CONFLICT DO NOTHING
      """)
  int insert(@Bind("gate") String gateId, @BindRecord Row vote);

  @SqlQuery(
      """
      SELECT person, approve, reason, at, answers FROM gate_vote
      WHERE gate_id = :gate ORDER BY place
      """)
  List<Row> of(@Bind("gate") String gateId);
}
