package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firebreak.guard.Automation;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL database that was restored from a copy comes up paused, and no other does. */
class PostgresRestoreIT {
  private static final Path DUMP = Path.of("/usr/bin/pg_dump");

  @TempDir Path folder;
  private final Incident incident = Samples.incident("redis/cache-1");
  private final Run run = Samples.run(incident.id());
  private String name = "";

  @BeforeEach
  void siteWithALiveRun() {
    name = Databases.fresh("restored");
    try (Database database = Opened.of(Databases.settings(name))) {
      assertThat(notice(database)).as("a new database").isEmpty();
      database
          .ledger()
          .commit(
              tx -> {
                database.incidents().add(tx, incident);
                database.runs().add(tx, run, "node-1");
                return true;
              })
          .join();
    }
  }

  private static OptionalInt notice(Database database) {
    return Restoration.notice(database, Samples.AT);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection =
        Databases.server().getDatabase("postgres", database).getConnection()) {
      boolean unused = connection.createStatement().execute(sql);
    }
  }

  private void assertPaused(Database database) {
    assertThat(database.restoredAndHalted()).isTrue();
    Automation automation = database.ledger().read(database.automation()::read);
    assertThat(automation.mode()).isEqualTo(Automation.Mode.OFF);
    assertThat(automation.reason()).contains("restored from a copy");
    Run live = database.ledger().read(tx -> database.runs().find(tx, run.id())).orElseThrow();
    assertThat(live.control().paused()).isTrue();
    List<JournalEntry> record =
        database.ledger().read(tx -> database.journal().read(tx, incident.id(), 0, 10));
    assertThat(record).extracting(JournalEntry::kind).containsExactly("run.paused");
  }

  @Test
  void copyInAnotherDatabase_comesUpPaused_once() throws SQLException {
    String copy = name + "_copy";
    execute("postgres", "CREATE DATABASE " + copy + " TEMPLATE " + name);
    try (Database one = Opened.of(Databases.settings(copy));
        Database two = Opened.of(Databases.settings(copy))) {
      List<CompletableFuture<OptionalInt>> both =
          List.of(
              CompletableFuture.supplyAsync(() -> notice(one)),
              CompletableFuture.supplyAsync(() -> notice(two)));
      assertThat(both.stream().map(it -> it.orTimeout(20, TimeUnit.SECONDS).join()))
          .containsExactlyInAnyOrder(OptionalInt.of(1), OptionalInt.empty());
      assertPaused(two);
    }
  }

  @Test
  void tablesMadeAnew_comeUpPaused() throws SQLException {
    execute(
        name,
        """
        CREATE TABLE again AS TABLE whereabouts;
        DROP TABLE whereabouts;
        ALTER TABLE again RENAME TO whereabouts;
        """);
    try (Database database = Opened.of(Databases.settings(name))) {
      assertThat(notice(database)).hasValue(1);
      assertPaused(database);
    }
  }

  @Test
  void pgRestoreIntoTheSameDatabase_comesUpPaused() throws Exception {
    assumeTrue(Files.isExecutable(DUMP), "no PostgreSQL client on this machine");
    String dump = folder.resolve("firebreak.dump").toString();
    command("pg_dump", "--format=custom", "--file=" + dump, name);
    command("pg_restore", "--clean", "--if-exists", "--dbname=" + name, dump);
    try (Database database = Opened.of(Databases.settings(name))) {
      assertThat(notice(database)).hasValue(1);
      assertPaused(database);
    }
  }

  private static void command(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new java.util.ArrayList<>(List.of(DUMP.resolveSibling(program).toString()));
    all.addAll(List.of("--host=localhost", "--username=postgres"));
    all.add("--port=" + Databases.server().getPort());
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).inheritIO();
    builder.environment().put("PGPASSWORD", "postgres");
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void startAgain_andUpkeepOfTheTables_doNotPause() throws SQLException {
    execute(name, "VACUUM FULL whereabouts");
    execute(name, "ANALYZE");
    for (int start = 0; start < 2; start++) {
      try (Database node = Opened.of(Databases.settings(name));
          Database other = Opened.of(Databases.settings(name))) {
        assertThat(notice(node)).isEmpty();
        assertThat(notice(other)).isEmpty();
        assertThat(node.restoredAndHalted()).isFalse();
      }
    }
  }

  /** The role that Firebreak is given may do nothing special. */
  @Test
  void roleWithoutPrivileges_seesWhereItIs() throws SQLException {
    String role = name + "_owner";
    execute("postgres", "CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
    execute("postgres", "CREATE DATABASE " + role + " OWNER " + role);
    DatabaseSettings settings = Databases.settings(role);
    DatabaseSettings own =
        DatabaseSettings.postgresql(java.util.Objects.requireNonNull(settings.url()), role, "x");
    try (Database database = Opened.of(own)) {
      assertThat(notice(database)).isEmpty();
    }
  }
}
