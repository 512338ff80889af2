package dev.firebreak.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Opens sessions on one database. Thread-safe. */
final class Connections {
  private final Jdbi jdbi;
  private final Dialect dialect;

  Connections(javax.sql.DataSource source, Dialect dialect) {
    this.dialect = dialect;
    jdbi = Jdbi.create(source);
    jdbi.installPlugin(new SqlObjectPlugin());
    jdbi.getConfig(Extensions.class).registerHandlerFactory(new Prepared.Handlers());
  }

  Dialect dialect() {
    return dialect;
  }

  /** A session that writes. */
  Session writing() throws SQLException {
    Session session = new Session(jdbi.open(), dialect.shared());
    dialect.beforeWriting(session.connection());
    session.connection().commit();
    return session;
  }

  /**
   * A session that reads, each transaction from one snapshot.
   *
   * @param seconds after which a statement is given up
   */
  Session reading(int seconds) throws SQLException {
    Session session =
        new Session(
            jdbi.open().configure(SqlStatements.class, it -> it.setQueryTimeout(seconds)),
            dialect.shared());
    // A statement is given up by asking the server to; that helps only while it hears us.
    session.connection().setNetworkTimeout(Runnable::run, (seconds + 1) * 1_000);
    session.connection().setReadOnly(true);
    session.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return session;
  }
}
