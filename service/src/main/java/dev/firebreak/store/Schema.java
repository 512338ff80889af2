package dev.firebreak.store;

import dev.firebreak.core.Tx;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * Whether the tables are still the ones this program knows. In a rolling upgrade a newer one adds
 * to them while this one runs: then it goes on with what it has, and claims nothing more.
 */
final class Schema {
  private final boolean shared;
  private final int known;

  Schema(Dialect dialect) {
    shared = dialect.shared();
    known = Changelog.changes(dialect).size();
  }

  /** Statements on Liquibase's own table. */
  interface Sql {
    @SqlQuery("SELECT COUNT(*) FROM databasechangelog")
    int changes();
  }

  /** Whether no other version changed the tables since this one began. */
  boolean isOurs(Tx tx) {
    return !shared || StoreTx.sql(tx, Sql.class).changes() == known;
  }
}
