package dev.firebreak.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open connection with the SqlObjects attached to it. Used by one thread only. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Handle handle;
  private final boolean amongOthers;
  private final Map<Class<?>, Object> attached = new HashMap<>();
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /**
   * A session.
   *
   * @param amongOthers whether other processes write to the same database
   */
  Session(Handle handle, boolean amongOthers) throws SQLException {
    this.handle = handle;
    this.amongOthers = amongOthers;
    connection().setAutoCommit(false);
  }

  boolean amongOthers() {
    return amongOthers;
  }

  Connection connection() {
    return handle.getConnection();
  }

  /** Executes a statement without arguments that comes again and again. */
  void execute(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection().prepareStatement(sql);
      prepared.put(sql, statement);
    }
    boolean unused = statement.execute();
  }

  /** The statements of one aggregate. */
  <T> T sql(Class<T> type) {
    return type.cast(attached.computeIfAbsent(type, handle::attach));
  }

  /** Gives the connection up, whatever state it is in. */
  void discard() {
    try {
      connection().close();
    } catch (SQLException e) {
      LOG.debug("a broken connection could not be closed", e);
    }
  }
}
