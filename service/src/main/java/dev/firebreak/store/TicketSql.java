package dev.firebreak.store;

import dev.firebreak.ticket.Ticket;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code ticket}. */
interface TicketSql {
  String COLUMNS = "incident_id, system_name AS system, ref, url, status, opened_at";

  @SqlUpdate(
      """
      INSERT INTO ticket (incident_id, system_name, ref, url, status, opened_at)
      VALUES (:incidentId, :system, :ref, :url, :status, :openedAt)
      ON CONFLICT DO NOTHING
      """)
  int insert(@BindRecord Ticket ticket);

  @SqlUpdate(
      """
      UPDATE ticket SET url = :url, status = :status
      WHERE incident_id = :incidentId AND system_name = :system
      """)
  int update(@BindRecord Ticket ticket);

  @SqlQuery(
      "SELECT " + COLUMNS + " FROM ticket WHERE incident_id = :incident AND system_name = :system")
  Optional<Ticket> find(@Bind("incident") String incidentId, @Bind("system") String system);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM ticket WHERE incident_id = :incident ORDER BY opened_at, system_name")
  List<Ticket> ofIncident(@Bind("incident") String incidentId);
}
