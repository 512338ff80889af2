package dev.firebreak.store;

import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Statements on {@code whereabouts}, which PostgreSQL alone has: its one row says where the
 * database was when Firebreak last started on it. A restored copy brings the row along, and stands
 * on another server, in another database or in another table.
 */
interface WhereaboutsSql {
  @SqlQuery(
      """
      SELECT server.system_identifier || '/' || base.oid || '/' || 'whereabouts'::regclass::oid
      FROM pg_control_system() AS server, pg_database AS base
      WHERE base.datname = CURRENT_DATABASE()
      """)
  String here();

  /** Empty before the first start. Of nodes that start together one asks first. */
  @SqlQuery("SELECT place FROM whereabouts FOR UPDATE")
  String remembered();

  @SqlUpdate("UPDATE whereabouts SET place = :place")
  void remember(@Bind("place") String place);
}
