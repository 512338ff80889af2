import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Copies rows within a database that no service has open. */
final class Copies implements AutoCloseable {
  private static final int BATCH = 50_000;
  private static final String NUMBER = "LPAD(n.x, 26, '0')";
  private static final String RUN = "'run_' || " + NUMBER;
  private static final String INCIDENT = "'inc_' || " + NUMBER;
  private static final String ALERT = "'alr_' || " + NUMBER;
  private static final String INTENT = "'int_' || " + NUMBER;

  /** A copy is older than the one before, so that a million of them did not all happen today. */
  private static final String EARLIER = "DATEADD('SECOND', -2 * n.x, t.committed_at)";

  private final Connection connection;
  private final Statement sql;

  Copies(Path file) throws SQLException {
    connection =
        DriverManager.getConnection(
            "jdbc:h2:file:" + file + ";MODE=PostgreSQL;CACHE_SIZE=131072", "firebreak", "");
    sql = connection.createStatement();
  }

  /**
   * Copies a run with all that belongs to it, until there are {@code to} where {@code from} are.
   */
  void runs(String run, int from, int to) throws SQLException {
    String incident = one("SELECT incident_id FROM run WHERE id = '" + run + "'");
    String alert = one("SELECT MAX(id) FROM alert WHERE incident_id = '" + incident + "'");
    for (int begin = from; begin < to; begin += BATCH) {
      String numbers = range(begin, Math.min(to, begin + BATCH) - 1);
      String ofRun = numbers + " WHERE t.run_id = '" + run + "'";
      String ofIncident = numbers + " WHERE t.incident_id = '" + incident + "'";
      copy(
          "incident",
          numbers + " WHERE t.id = '" + incident + "'",
          Map.of("id", INCIDENT, "open_key", "t.open_key || n.x"));
      copy(
          "run",
          numbers + " WHERE t.id = '" + run + "'",
          Map.of("id", RUN, "incident_id", INCIDENT, "live_key", "t.live_key || n.x"));
      copy("run_step", ofRun + " AND t.place = 0", Map.of("run_id", RUN));
      copy(
          "journal_entry",
          ofIncident + " AND t.sequence = 1",
          Map.of("incident_id", INCIDENT, "run_id", RUN));
      copy("journal_head", ofIncident, Map.of("incident_id", INCIDENT, "sequence", "1"));
      copy("intent", ofRun, Map.of("id", INTENT, "run_id", RUN, "committed_at", EARLIER));
      copy(
          "intent_target",
          ofRun,
          Map.of("intent_id", INTENT, "run_id", RUN, "committed_at", EARLIER));
      alerts(alert, numbers, Map.of("incident_id", INCIDENT));
    }
  }

  /** Copies the alert of an incident: as further episodes that are over. */
  void episodes(String incident, int from, int to) throws SQLException {
    String alert = one("SELECT MIN(id) FROM alert WHERE incident_id = '" + incident + "'");
    copy(
        "alert",
        range(from, to - 1) + " WHERE t.id = '" + alert + "'",
        Map.of(
            "id",
            ALERT,
            "status",
            "'RESOLVED'",
            "incident_id",
            "NULL",
            "starts_at",
            "DATEADD('MINUTE', -n.x, t.starts_at)"));
  }

  private void alerts(String alert, String numbers, Map<String, String> changed)
      throws SQLException {
    copy(
        "alert",
        numbers + " WHERE t.id = '" + alert + "'",
        Map.of(
            "id",
            ALERT,
            "fingerprint",
            "t.fingerprint || n.x",
            "fingerprint_key",
            "t.fingerprint_key || n.x",
            "incident_id",
            changed.get("incident_id")));
  }

  /** Copies a line of an incident's timeline until there are so many. */
  void lines(String incident, int to) throws SQLException {
    String of = " WHERE incident_id = '" + incident + "'";
    int from = Integer.parseInt(one("SELECT MAX(sequence) FROM journal_entry" + of));
    if (to <= from) {
      return;
    }
    copy(
        "journal_entry",
        range(from + 1, to) + " WHERE t.sequence = 2 AND t.incident_id = '" + incident + "'",
        Map.of("sequence", "n.x"));
    sql.execute("UPDATE journal_head SET sequence = " + to + of);
  }

  private static String range(int first, int last) {
    return " CROSS JOIN SYSTEM_RANGE(" + first + ", " + last + ") n";
  }

  private String one(String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void copy(String table, String from, Map<String, String> changed) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (ResultSet rows =
        sql.executeQuery(
            "SELECT LOWER(column_name) FROM information_schema.columns WHERE table_name = '"
                + table.toUpperCase(Locale.ROOT)
                + "' AND table_schema = 'PUBLIC' ORDER BY ordinal_position")) {
      while (rows.next()) {
        String name = rows.getString(1);
        names.add(name);
        values.add(changed.getOrDefault(name, "t." + name));
      }
    }
    sql.execute(
        Numbers.text(
            "INSERT INTO %s (%s) SELECT %s FROM %s t%s",
            table, String.join(", ", names), String.join(", ", values), table, from));
  }

  @Override
  public void close() throws SQLException {
    sql.execute("SHUTDOWN");
    connection.close();
  }
}
