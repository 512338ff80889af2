package dev.firebreak.store;

import java.sql.Connection;
import java.sql.SQLException;

class PostgresJournalAuditIT extends JournalAuditContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  Connection connect() throws SQLException {
    return Databases.server().getPostgresDatabase().getConnection();
  }

  @Override
  String dropTrigger() {
    return "DROP TRIGGER IF EXISTS journal_append_only ON journal_entry";
  }

  @Override
  Dialect dialect() {
    return Dialect.POSTGRESQL;
  }
}
