package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class H2PlansTest extends PlansContract {
  private static final Pattern SCAN = Pattern.compile("/\\* PUBLIC\\.(\\w+)\\.tableScan");

  /** A page of what may be a million rows: those must come in order, or all of them are read. */
  private static final Pattern FIRST_OF_MANY =
      Pattern.compile(
          "(DELIVERY_BY_SOURCE|GATE_BY_STATUS:"
              + " STATUS|INCIDENT_BY_STATUS|RUN_BY_STATUS|INTENT_TARGET_BY|PRIMARY_KEY_E:"
              + " INCIDENT_ID|ALERT_IS_ONE|ALERT_BY_STATUS)[^;]*FETCH FIRST",
          Pattern.DOTALL);

  private static Database database;

  @BeforeAll
  static void open() {
    database = Database.inMemory("plans");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:plans;MODE=PostgreSQL", "firebreak", "");
  }

  /** Four months of an alert that comes and goes every ten minutes. */
  private static final int EPISODES = 20_000;

  private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

  @Test
  void longHistoryOfAnAlert_isNotReadForAWebhook() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO alert (id, source, fingerprint_key, fingerprint, status, starts_at, labels,
              annotations, summary, first_delivery, first_seen, last_seen, deliveries)
          SELECT 'flap_' || n.x, 'prometheus', 'flaps', 'flaps', 'RESOLVED',
              DATEADD('MINUTE', -10 * n.x, TIMESTAMP WITH TIME ZONE '2026-11-22 12:00:00Z'), '{}',
              '{}', 'flaps', 'dlv_1', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1
          FROM SYSTEM_RANGE(1, %d) n
          """
              .formatted(EPISODES));
      statement.execute("ANALYZE");
    }
    assertThat(rowsRead(AlertSql.class, "known")).isLessThan(100);
    assertThat(rowsRead(AlertSql.class, "latest")).isLessThan(100);
  }

  /** How many rows a statement looks at, for the alert that flaps. */
  private long rowsRead(Class<?> type, String name) throws Exception {
    Method method =
        Stream.of(type.getDeclaredMethods())
            .filter(it -> it.getName().equals(name))
            .findFirst()
            .orElseThrow();
    SqlText sql = SqlText.parse(method.getAnnotation(SqlQuery.class).value());
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("EXPLAIN ANALYZE " + sql.sql())) {
      for (int i = 0; i < sql.names().size(); i++) {
        statement.setObject(i + 1, flapping(connection, sql.names().get(i)));
      }
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return SCANNED
            .matcher(rows.getString(1))
            .results()
            .mapToLong(it -> Long.parseLong(it.group(1)))
            .sum();
      }
    }
  }

  private static Object flapping(Connection connection, String name) throws SQLException {
    return switch (name) {
      case "source" -> "prometheus";
      case "fingerprint" -> "flaps";
      case "fingerprints" -> connection.createArrayOf("varchar", new String[] {"flaps"});
      case "from" -> OffsetDateTime.parse("2026-11-22T11:55:00Z");
      case "to" -> OffsetDateTime.parse("2026-11-22T12:05:00Z");
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  Set<String> scanned(String plan) {
    Set<String> tables = new TreeSet<>();
    if (FIRST_OF_MANY.matcher(plan).find() && !plan.contains("/* index sorted */")) {
      tables.add("what it sorts to find the first few");
    }
    Matcher scan = SCAN.matcher(plan);
    while (scan.find()) {
      tables.add(scan.group(1).toLowerCase(Locale.ROOT));
    }
    return tables;
  }
}
