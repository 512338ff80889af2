package dev.firebreak.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's trigger that refuses to change or remove what is on the record. */
public final class AppendOnly implements Trigger {
  /** Called by H2. */
  public AppendOnly() {}

  @Override
  public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
      throws SQLException {
    throw new SQLException("the journal is append-only");
  }
}
