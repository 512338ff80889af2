package dev.firebreak.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The little in which the databases differ. */
enum Dialect {
  H2("h2") {
    @Override
    Map<String, String> types() {
      return Map.of(
          "id",
          "VARCHAR(200)",
          "text",
          "VARCHAR",
          "bytes",
          "VARBINARY",
          "blob",
          "BINARY LARGE OBJECT");
    }

    /** COMMIT alone has written nothing yet when it returns; this has reached the disk. */
    @Override
    void flush(Session session) throws SQLException {
      session.execute("CHECKPOINT SYNC");
    }

    @Override
    boolean flushes() {
      return true;
    }

    /** A savepoint of the same name replaces the one before. */
    @Override
    void forgetSavepoint(Session session) {}
  },

  /** H2 without a file: for tests and rehearsals. */
  MEMORY("h2") {
    @Override
    Map<String, String> types() {
      return H2.types();
    }

    @Override
    void flush(Session session) {}

    @Override
    void forgetSavepoint(Session session) {}
  },

  POSTGRESQL("postgresql") {
    @Override
    Map<String, String> types() {
      return Map.of(
          "id", "VARCHAR(200) COLLATE \"C\"", "text", "TEXT", "bytes", "BYTEA", "blob", "BYTEA");
    }

    /** With synchronous_commit on, COMMIT is durable when it returns. */
    @Override
    void flush(Session session) {}

    /** Short: two groups that wait for one another are told apart before the server does it. */
    @Override
    void beforeWriting(Connection connection) throws SQLException {
      execute(connection, "SET lock_timeout = '250ms'");
    }

    @Override
    void lockMigrations(Connection connection) throws SQLException {
      // Whatever a change of the tables takes: the bounds are for the works of a node that serves.
      connection.setNetworkTimeout(Runnable::run, 0);
      execute(connection, "SET statement_timeout = 0");
      execute(connection, "SET lock_timeout = 0");
      execute(connection, "SELECT pg_advisory_lock(" + MIGRATIONS + ")");
    }

    @Override
    void unlockMigrations(Connection connection) throws SQLException {
      connection.setAutoCommit(true);
      execute(connection, "SELECT pg_advisory_unlock(" + MIGRATIONS + ")");
    }

    /** Else they pile up until the commit. */
    @Override
    void forgetSavepoint(Session session) throws SQLException {
      session.execute("RELEASE SAVEPOINT work");
    }
  };

  /** Freely chosen, the same on every node. */
  private static final long MIGRATIONS = 4_712_211_122L;

  private final String product;

  Dialect(String product) {
    this.product = product;
  }

  /** The database's name in {@code dbms:} of a migration. */
  String product() {
    return product;
  }

  /** The column types the migrations name by {@code ${…}}. */
  abstract Map<String, String> types();

  /** Makes what was committed survive a loss of power. */
  abstract void flush(Session session) throws SQLException;

  /** Whether a commit is durable only after {@link #flush}. */
  boolean flushes() {
    return false;
  }

  /** Whether other processes may work on the same database. */
  boolean shared() {
    return this == POSTGRESQL;
  }

  /** Drops the savepoint of a work that went well. */
  abstract void forgetSavepoint(Session session) throws SQLException;

  /** Waits until no other node migrates. An embedded database has no other node. */
  void lockMigrations(Connection connection) throws SQLException {}

  void unlockMigrations(Connection connection) throws SQLException {}

  /** Sets a connection up that only writes. */
  void beforeWriting(Connection connection) throws SQLException {}

  void setSavepoint(Session session) throws SQLException {
    session.execute("SAVEPOINT work");
  }

  void returnToSavepoint(Session session) throws SQLException {
    execute(session.connection(), "ROLLBACK TO SAVEPOINT work");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
