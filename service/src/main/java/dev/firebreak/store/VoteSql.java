package dev.firebreak.store;

import dev.firebreak.gate.Gate;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code gate_vote}. */
interface VoteSql {
  @SqlUpdate(
      """
      INSERT INTO gate_vote (gate_id, person, approve, reason, at)
      VALUES (:gate, :person, :approve, :reason, :at)
      ON CONFLICT DO NOTHING
      """)
  int insert(@Bind("gate") String gateId, @BindRecord Gate.Vote vote);

  @SqlQuery(
      "SELECT person, approve, reason, at FROM gate_vote WHERE gate_id = :gate ORDER BY place")
  List<Gate.Vote> of(@Bind("gate") String gateId);
}
