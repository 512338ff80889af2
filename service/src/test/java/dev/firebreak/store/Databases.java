package dev.firebreak.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One database of each kind for all contracts of this JVM: their rows have ids of their own. */
final class Databases {
  private static final AtomicInteger FRESH = new AtomicInteger();

  private Databases() {}

  static Database h2() {
    return H2.SHARED;
  }

  static Database postgresql() {
    return Postgres.SHARED;
  }

  /** The server behind {@link #postgresql}. */
  static EmbeddedPostgres server() {
    return Postgres.SERVER;
  }

  /** Makes an empty database on the server; its name begins as told. */
  static String fresh(String prefix) {
    String name = prefix + "_" + FRESH.incrementAndGet();
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How to reach a database of the server. */
  static DatabaseSettings settings(String name) {
    return DatabaseSettings.postgresql(
        "jdbc:postgresql://localhost:" + server().getPort() + "/" + name, "postgres", "postgres");
  }

  private static final class H2 {
    static final Database SHARED = Database.inMemory("contracts");
  }

  private static final class Postgres {
    static final EmbeddedPostgres SERVER = start();
    static final Database SHARED = Opened.of(settings("postgres"));

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
