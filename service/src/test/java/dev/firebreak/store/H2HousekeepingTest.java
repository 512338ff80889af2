package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class H2HousekeepingTest extends HousekeepingContract {
  private final String name = "housekeeping-" + UUID.randomUUID();
  private final Database database = Database.inMemory(name);

  @Override
  Database database() {
    return database;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:" + name, "firebreak", "");
  }

  /** A new table is either removed with its incident, or kept for a reason. */
  @Test
  void everyTable_isSwept_orKeptOnPurpose() {
    Set<String> kept =
        Set.of(
            "runbook_version",
            "change_order",
            "automation_setting",
            "part_halt",
            "change_storm",
            "cover",
            "absence",
            "contact_proof",
            "change_freeze",
            "freeze_lift",
            "circuit_breaker",
            "group_alarm",
            "promotion",
            "token",
            "browser_session",
            "removed_incident",
            "node",
            "commit_mark");
    String swept =
        Stream.of(RetentionSql.class, MailSql.class)
            .flatMap(sql -> Arrays.stream(sql.getDeclaredMethods()))
            .flatMap(method -> Arrays.stream(method.getAnnotations()))
            .map(Object::toString)
            .collect(Collectors.joining(" "));
    assertThat(Changelog.tables(Dialect.H2))
        .allSatisfy(
            table ->
                assertThat(kept.contains(table) || swept.contains("DELETE FROM " + table + " "))
                    .as("%s is removed, or kept on purpose", table)
                    .isTrue());
  }

  @AfterEach
  void close() {
    database.close();
  }
}
