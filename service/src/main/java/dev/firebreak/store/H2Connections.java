package dev.firebreak.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a file that H2 may have closed by itself, as it does when it cannot write. Then
 * the file is as after a crash, and is put right before H2 opens it again. Thread-safe.
 */
final class H2Connections implements DataSource {
  private final DataSource h2;
  private final H2File file;

  /** Closed by H2 when the database is. */
  private @Nullable Connection watch;

  H2Connections(DataSource h2, H2File file) {
    this.h2 = h2;
    this.file = file;
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    if (watch != null && watch.isClosed()) {
      mend();
      watch = null;
    }
    if (watch == null) {
      watch = h2.getConnection();
    }
    return h2.getConnection();
  }

  private void mend() throws SQLException {
    try {
      file.mend();
    } catch (IOException | MVStoreException e) {
      throw new SQLException("the file cannot be opened again: " + e.getMessage(), e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("there is one user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return h2.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    h2.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    h2.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return h2.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return h2.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return h2.isWrapperFor(type);
  }
}
