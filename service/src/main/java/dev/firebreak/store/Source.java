package dev.firebreak.store;

import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a database is and how connections to it are made.
 *
 * @param where for messages; holds no password
 * @param file H2's file, or null
 */
record Source(Dialect dialect, DataSource connections, String where, @Nullable H2File file) {
  private static final Logger LOG = LoggerFactory.getLogger(Source.class);

  /**
   * The database lives until it is shut down, not until its last connection is closed or the JVM
   * ends; statements are kept parsed; nobody but this process opens the file. H2's own log would
   * hold values of statements. Results are never used again: H2 does so also when somebody has
   * committed since, if the last one was read from a snapshot of before.
   */
  private static final String H2 =
      ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=5000"
          + ";QUERY_CACHE_SIZE=512;OPTIMIZE_REUSE_RESULTS=FALSE;TRACE_LEVEL_FILE=0";

  private static final String POSTGRESQL =
      "-c synchronous_commit=on -c lock_timeout=5s -c statement_timeout=15s"
          + " -c idle_in_transaction_session_timeout=8s -c TimeZone=UTC";

  private static final int HASTY_SECONDS = 3;
  private static final int CONNECT_SECONDS = 3;
  private static final int SOCKET_SECONDS = 20;

  static Source of(DatabaseSettings settings, Path data, Secrets secrets) {
    return settings.type() == DatabaseSettings.Type.H2
        ? file(settings, data)
        : server(settings, secrets);
  }

  static Source inMemory(String name) {
    return new Source(Dialect.MEMORY, h2("jdbc:h2:mem:" + name + H2), "in memory", null);
  }

  private static Source file(DatabaseSettings settings, Path data) {
    Path file = settings.path() == null ? data.resolve("firebreak") : Path.of(settings.path());
    Path absolute = file.toAbsolutePath().normalize();
    if (absolute.toString().indexOf(';') >= 0) {
      throw new StoreUnavailable("database " + absolute + ": its path must not hold ';'", null);
    }
    String url = "jdbc:h2:file:" + absolute + H2 + ";FILE_LOCK=FS";
    String where = absolute + ".mv.db";
    H2File found = new H2File(Path.of(where));
    return new Source(Dialect.H2, new H2Connections(h2(url), found), where, found);
  }

  private static DataSource h2(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    source.setUser("firebreak");
    source.setPassword("");
    return source;
  }

  private static Source server(DatabaseSettings settings, Secrets secrets) {
    String url = Objects.requireNonNull(settings.url());
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(settings.user());
    SecretRef password = settings.password();
    source.setPassword(password == null ? null : secrets.value(password));
    source.setApplicationName("firebreak");
    source.setOptions(POSTGRESQL);
    source.setTcpKeepAlive(true);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setReWriteBatchedInserts(true);
    return new Source(Dialect.POSTGRESQL, source, url.replaceAll("\\?.*", ""), null);
  }

  /**
   * The same database for who would rather fail than wait.
   *
   * @throws StoreUnavailable when its driver cannot be set up
   */
  DataSource hasty() {
    if (!(connections instanceof PGSimpleDataSource slow)) {
      return connections;
    }
    try {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.initializeFrom(slow);
      source.setConnectTimeout(HASTY_SECONDS);
      source.setSocketTimeout(HASTY_SECONDS);
      return source;
    } catch (java.io.IOException | ClassNotFoundException e) {
      throw new StoreUnavailable("database " + where + ": " + e.getMessage(), e);
    }
  }

  /**
   * Brings the tables up to date.
   *
   * @return the changes that took
   */
  List<String> prepare() {
    return opened(connection -> Migrations.apply(connection, dialect));
  }

  /** Opens the database and leaves its tables alone. */
  void open() {
    opened(Connection::isReadOnly);
  }

  /** What is done with the first connection. */
  private interface First<T> {
    T with(Connection connection) throws Exception;
  }

  private <T> T opened(First<T> first) {
    try {
      return aside("database-opening", () -> open(first));
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      throw cause instanceof StoreUnavailable
          ? new StoreUnavailable("database " + where + ": " + cause.getMessage(), cause)
          : Faults.ofOpening(where, cause);
    }
  }

  /** Runs something on a thread that nobody can interrupt. */
  static <T> T aside(String name, Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .name(name)
        .start(
            () -> {
              try {
                done.complete(work.call());
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    return done.join();
  }

  private <T> T open(First<T> first) throws Exception {
    if (file != null) {
      new Preflight(file.path()).check();
      file.recover();
    }
    boolean opened = false;
    try (Connection connection = connections.getConnection()) {
      opened = true;
      if (file != null) {
        file.keepPrivate();
      }
      T result = first.with(connection);
      if (file != null) {
        new Preflight(file.path()).expect();
      }
      return result;
    } catch (Exception e) {
      if (opened) {
        shutDown();
      }
      throw e;
    }
  }

  /** Closes an embedded database for good. */
  void shutDown() {
    if (!dialect.shared()) {
      try {
        aside("database-closing", this::executeShutdown);
      } catch (CompletionException e) {
        LOG.debug("the database was closed already", e);
      }
    }
  }

  private boolean executeShutdown() throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      return statement.execute(
          H2Waste.of(statement).isWorthRemoving() ? "SHUTDOWN COMPACT" : "SHUTDOWN");
    } finally {
      if (file != null) {
        file.keepPrivate(); // one that was written anew has the rights of any new file
      }
    }
  }
}
