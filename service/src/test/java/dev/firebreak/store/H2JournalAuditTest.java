package dev.firebreak.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class H2JournalAuditTest extends JournalAuditContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:contracts", "firebreak", "");
  }

  @Override
  String dropTrigger() {
    return "DROP TRIGGER IF EXISTS journal_append_only";
  }

  @Override
  Dialect dialect() {
    return Dialect.MEMORY;
  }
}
