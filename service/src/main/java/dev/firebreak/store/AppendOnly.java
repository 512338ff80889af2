package dev.firebreak.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    if (after != null || before == null || !removed(connection, String.valueOf(before[0]))) {
      throw new SQLException("the journal is append-only");
    }
  }

  /** The entries of a removed incident go once the record says so. */
  private static boolean removed(Connection connection, String incident) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM removed_incident WHERE incident_id = ?")) {
      statement.setString(1, incident);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
