package dev.firebreak.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

class PostgresHousekeepingIT extends HousekeepingContract {
  private final String name = Databases.fresh("housekeeping");
  private final Database database = Opened.of(Databases.settings(name));

  @Override
  Database database() {
    return database;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        String.valueOf(Databases.settings(name).url()), "postgres", "postgres");
  }

  @AfterEach
  void close() {
    database.close();
  }
}
