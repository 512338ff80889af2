package dev.firebreak.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** Gives Quartz connections, of which it needs a few each minute. */
final class QuartzConnections implements ConnectionProvider {
  private final DataSource source;

  QuartzConnections(DataSource source) {
    this.source = source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return source.getConnection();
  }

  @Override
  public void shutdown() {}

  @Override
  public void initialize() {}
}
