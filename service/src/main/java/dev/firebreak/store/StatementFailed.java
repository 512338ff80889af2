package dev.firebreak.store;

import java.lang.reflect.Method;
import java.sql.SQLException;

/** A statement failed; the cause says why. What was bound may be private: it is not told. */
final class StatementFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementFailed(Method method, SQLException cause) {
    super(
        "%s.%s failed (SQL state %s)"
            .formatted(
                method.getDeclaringClass().getSimpleName(), method.getName(), cause.getSQLState()),
        cause);
  }
}
