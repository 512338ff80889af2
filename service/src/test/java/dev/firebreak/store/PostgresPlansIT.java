package dev.firebreak.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading all of a table is made dear, so that a plan does it only where there is no other way. */
class PostgresPlansIT extends PlansContract {
  private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

  @Override
  Connection connect() throws SQLException {
    String name = Databases.fresh("plans");
    Opened.of(Databases.settings(name)).close();
    Connection connection =
        DriverManager.getConnection(
            String.valueOf(Databases.settings(name).url()), "postgres", "postgres");
    connection.createStatement().execute("SET enable_seqscan = off");
    return connection;
  }

  @Override
  Set<String> scanned(String plan) {
    Set<String> tables = new TreeSet<>();
    Matcher scan = SCAN.matcher(plan);
    while (scan.find()) {
      tables.add(scan.group(1));
    }
    return tables;
  }
}
