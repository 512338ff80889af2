package dev.firebreak.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One database of each kind for all contracts of this JVM: their rows have ids of their own. */
final class Databases {
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
