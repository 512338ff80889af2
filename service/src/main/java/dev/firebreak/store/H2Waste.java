package dev.firebreak.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How much of an H2 file is in use. H2 2.5 gives hardly any space back while it runs: pages that
 * are still in use are spread over the whole file, and its own compaction moves them in circles.
 * Written anew, the file is as small as what it holds.
 *
 * @param bytes size of the file
 * @param percent how much of it is in use
 */
record H2Waste(long bytes, int percent) {
  private static final long SMALL = 16L << 20;
  private static final int LITTLE_IN_USE = 50;

  /** Written anew in some seconds also on a slow disk: a stop must not take longer. */
  private static final long MOST_IN_USE = 512L << 20;

  static H2Waste of(Statement statement) throws SQLException {
    return new H2Waste(
        number(statement, "info.FILE_SIZE"), (int) number(statement, "info.CHUNKS_FILL_RATE"));
  }

  private static long number(Statement statement, String name) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT setting_value FROM information_schema.settings WHERE setting_name = '"
                + name
                + "'")) {
      return row.next() ? Long.parseLong(row.getString(1)) : 0;
    }
  }

  /** Whether the file shall be written anew when it is closed. */
  boolean isWorthRemoving() {
    return bytes > SMALL && percent < LITTLE_IN_USE && bytes / 100 * percent < MOST_IN_USE;
  }
}
