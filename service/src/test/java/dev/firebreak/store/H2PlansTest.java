package dev.firebreak.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2PlansTest extends PlansContract {
  private static final Pattern SCAN = Pattern.compile("/\\* PUBLIC\\.(\\w+)\\.tableScan");

  /** A page of what may be a million rows: those must come in order, or all of them are read. */
  private static final Pattern FIRST_OF_MANY =
      Pattern.compile(
          "(DELIVERY_BY_SOURCE|GATE_BY_STATUS:"
              + " STATUS|INCIDENT_BY_STATUS|RUN_BY_STATUS|INTENT_TARGET_BY|PRIMARY_KEY_E:"
              + " INCIDENT_ID|ALERT_IS_ONE)[^;]*FETCH FIRST",
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
