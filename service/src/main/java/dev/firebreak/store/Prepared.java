package dev.firebreak.store;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.extension.AttachedExtensionHandler;
import org.jdbi.v3.core.extension.ExtensionHandler;
import org.jdbi.v3.core.extension.ExtensionHandlerFactory;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Executes the methods of SqlObjects: looked at once, prepared once for each connection. JDBI's own
 * handlers copy their configuration, parse and prepare at every call, which costs several times the
 * statement; see docs/decisions.
 */
final class Prepared implements AttachedExtensionHandler {
  private final Statement statement;
  private final int timeoutSeconds;
  private @Nullable PreparedStatement prepared;

  private Prepared(Statement statement, int timeoutSeconds) {
    this.statement = statement;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** Makes one for every method with SQL. */
  static final class Handlers implements ExtensionHandlerFactory {
    @Override
    public boolean accepts(Class<?> type, Method method) {
      return method.isAnnotationPresent(SqlQuery.class)
          || method.isAnnotationPresent(SqlUpdate.class)
          || method.isAnnotationPresent(SqlBatch.class);
    }

    @Override
    public Optional<ExtensionHandler> createExtensionHandler(Class<?> type, Method method) {
      Statement statement = Statement.of(method);
      return Optional.of(
          (config, target) -> {
            Integer timeout = config.get(SqlStatements.class).getQueryTimeout();
            return new Prepared(statement, timeout == null ? 0 : timeout);
          });
    }
  }

  /** What a method does, whatever the connection. */
  private record Statement(
      Method method,
      SqlText text,
      Binding binding,
      boolean batch,
      @Nullable Answer answer,
      String[] keys) {
    static Statement of(Method method) {
      SqlQuery query = method.getAnnotation(SqlQuery.class);
      SqlUpdate update = method.getAnnotation(SqlUpdate.class);
      SqlBatch batch = method.getAnnotation(SqlBatch.class);
      GetGeneratedKeys keys = method.getAnnotation(GetGeneratedKeys.class);
      SqlText text =
          SqlText.parse(
              query != null ? query.value() : update != null ? update.value() : batch.value());
      return new Statement(
          method,
          text,
          Binding.of(method, text.names(), batch != null),
          batch != null,
          query == null && keys == null ? null : Answer.of(method),
          keys == null ? new String[0] : keys.value());
    }
  }

  @Override
  public @Nullable Object invoke(HandleSupplier handle, Object... arguments) {
    try {
      return execute(open(handle.getHandle().getConnection()), arguments);
    } catch (SQLException e) {
      giveUp();
      throw new StatementFailed(statement.method(), e);
    }
  }

  private PreparedStatement open(Connection connection) throws SQLException {
    if (prepared == null) {
      prepared =
          statement.keys().length == 0
              ? connection.prepareStatement(statement.text().sql())
              : connection.prepareStatement(statement.text().sql(), statement.keys());
      prepared.setQueryTimeout(timeoutSeconds);
    }
    return prepared;
  }

  private @Nullable Object execute(PreparedStatement open, Object[] arguments) throws SQLException {
    if (statement.batch()) {
      return statement.binding().bindAll(open, arguments) == 0 ? new int[0] : open.executeBatch();
    }
    statement.binding().bind(open, arguments);
    if (statement.answer() == null) {
      return counted(open.executeUpdate());
    }
    try (ResultSet rows = rows(open)) {
      return statement.answer().read(rows);
    }
  }

  /** What was found, or what the database made up for what was written. */
  private ResultSet rows(PreparedStatement open) throws SQLException {
    if (statement.keys().length == 0) {
      return open.executeQuery();
    }
    open.executeUpdate();
    return open.getGeneratedKeys();
  }

  private Object counted(int rows) {
    Class<?> type = statement.method().getReturnType();
    if (type == boolean.class) {
      return rows > 0;
    }
    return type == long.class ? Long.valueOf(rows) : (Object) rows;
  }

  /** What failed may be of no use any more, as after a change of its table. */
  private void giveUp() {
    try (PreparedStatement broken = prepared) {
      prepared = null;
    } catch (SQLException e) {
      // the connection is given up with it
    }
  }
}
