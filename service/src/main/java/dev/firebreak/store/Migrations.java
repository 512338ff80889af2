package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Brings a database to the tables of this program, and refuses one that is ahead of it. */
final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing; two nodes that start at once wait for one another.
   *
   * @return the ids of the changes that were applied
   * @throws StoreUnavailable when a newer Firebreak made the database
   */
  static List<String> apply(Connection connection, Dialect dialect) throws Exception {
    if (dialect == Dialect.MEMORY) {
      return create(connection);
    }
    dialect.lockMigrations(connection);
    try {
      List<String> missing = missing(connection, dialect);
      if (!missing.isEmpty()) {
        update(connection, dialect);
      }
      return missing;
    } finally {
      dialect.unlockMigrations(connection);
    }
  }

  /** A database without a file is never upgraded: its tables are simply made. */
  private static List<String> create(Connection connection) throws SQLException {
    List<Changelog.Change> changes = Changelog.changes(Dialect.MEMORY);
    try (Statement statement = connection.createStatement()) {
      for (Changelog.Change change : changes) {
        for (String sql : change.statements(Dialect.MEMORY)) {
          statement.execute(sql);
        }
      }
    }
    return changes.stream().map(Changelog.Change::id).toList();
  }

  /**
   * Says that a database has the tables of this program and no others.
   *
   * @throws StoreUnavailable when it has not
   */
  static void requireCurrent(Connection connection, Dialect dialect) throws SQLException {
    List<String> missing = missing(connection, dialect);
    if (!missing.isEmpty()) {
      throw new StoreUnavailable(
          "the database is of an older Firebreak; first: ./firebreak db migrate config.yml", null);
    }
  }

  private static List<String> missing(Connection connection, Dialect dialect) throws SQLException {
    Set<String> applied = applied(connection);
    List<String> known = Changelog.changes(dialect).stream().map(Changelog.Change::id).toList();
    refuseForeign(connection, dialect, applied, known);
    List<String> unknown = applied.stream().filter(id -> !known.contains(id)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new StoreUnavailable(
          "was made by a newer Firebreak (it has "
              + String.join(", ", unknown)
              + "); start that version, or restore the backup from before the upgrade",
          null);
    }
    return known.stream().filter(id -> !applied.contains(id)).toList();
  }

  /**
   * In a file, whatever is not ours is somebody else's; a server's schema may be shared. Tables of
   * ours without a change on record were left by a first start that was killed.
   */
  private static void refuseForeign(
      Connection connection, Dialect dialect, Set<String> applied, List<String> known)
      throws SQLException {
    if (dialect == Dialect.H2
        && applied.stream().noneMatch(known::contains)
        && !Changelog.tables(dialect).containsAll(tables(connection))) {
      throw new StoreUnavailable(Faults.FOREIGN, null);
    }
  }

  /** Those there are, without those that Liquibase makes before the first change. */
  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> names = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT LOWER(table_name) FROM information_schema.tables
                WHERE table_schema = CURRENT_SCHEMA
                  AND LOWER(table_name) NOT IN ('databasechangelog', 'databasechangeloglock')
                """)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static Set<String> applied(Connection connection) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      if (count(statement) == 0) {
        return ids;
      }
      try (ResultSet rows = statement.executeQuery("SELECT id FROM databasechangelog")) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT COUNT(*) FROM information_schema.tables
            WHERE LOWER(table_name) = 'databasechangelog' AND table_schema = CURRENT_SCHEMA
            """)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static void update(Connection connection, Dialect dialect) throws Exception {
    Map<String, Object> quiet =
        Map.of(Scope.Attr.ui.name(), new LoggerUIService(), "liquibase.analytics.enabled", "false");
    Scope.child(
        quiet,
        () -> {
          Database database =
              DatabaseFactory.getInstance()
                  .findCorrectDatabaseImplementation(new JdbcConnection(connection));
          Liquibase liquibase =
              new Liquibase(Changelog.ROOT, new ClassLoaderResourceAccessor(), database);
          liquibase.setShowSummary(UpdateSummaryEnum.OFF);
          liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
          dialect.types().forEach(liquibase::setChangeLogParameter);
          // We hold a lock of our own: one that is there was left by a process that was killed.
          liquibase.forceReleaseLocks();
          liquibase.update(new Contexts(), new LabelExpression());
        });
  }
}
