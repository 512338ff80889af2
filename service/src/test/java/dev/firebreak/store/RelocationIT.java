package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Actor;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site on H2 becomes a site on PostgreSQL with everything in it. */
class RelocationIT {
  private static final int INCIDENTS = 40;

  @TempDir Path folder;

  private final String name = Databases.fresh("relocation");
  private Past.Left live;

  private DatabaseSettings file() {
    return DatabaseSettings.h2(folder.resolve("firebreak"));
  }

  @BeforeEach
  void site() {
    try (Database database = Opened.of(file())) {
      Past past = new Past(database);
      for (int i = 0; i < INCIDENTS; i++) {
        past.resolved(Samples.AT.minus(Duration.ofDays(500 - i)));
      }
      live = past.open(Samples.AT);
      set(database, Automation.Mode.ASK);
      RetentionSettings settings = RetentionSettings.of("490d", null, "90d", null, null);
      assertThat(new Housekeeping(database, settings, () -> Duration.ZERO).sweep(Samples.AT))
          .isNotNull();
    }
  }

  private static void set(Database database, Automation.Mode mode) {
    database
        .ledger()
        .commit(
            tx -> {
              database
                  .automation()
                  .set(tx, new Automation(mode, "ä ∑ 🔥", Actor.ENGINE.asText(), Samples.AT, null));
              return mode;
            })
        .join();
  }

  private Relocation.Moved move() {
    return Relocation.run(file(), folder, Databases.settings(name), Opened.NO_SECRETS);
  }

  @Test
  void everyRow_arrives_andTheSiteGoesOn() throws SQLException {
    Relocation.Moved moved = move();
    assertThat(moved.audit().faults()).isEmpty();
    assertThat(moved.rows()).containsEntry("incident", (long) INCIDENTS - 10 + 1);
    assertThat(moved.rows().get("removed_incident")).isEqualTo(10);
    assertThat(moved.rows().get("artifact_content")).isEqualTo(1);
    assertThat(moved.rows().keySet())
        .containsAll(
            Changelog.tables(Dialect.H2).stream()
                .filter(table -> !List.of("node", "commit_mark", "change_order").contains(table))
                .toList());
    try (Database database = Opened.of(Databases.settings(name))) {
      assertThat(database.ledger().read(database.automation()::read).reason()).isEqualTo("ä ∑ 🔥");
      Optional<Run> run = database.ledger().read(tx -> database.runs().find(tx, live.run().id()));
      assertThat(run).contains(live.run());
      set(database, Automation.Mode.ON);
      goOn(database);
      assertThat(database.audit().run().faults()).isEmpty();
      List<Automation> history = database.ledger().read(tx -> database.automation().history(tx, 9));
      assertThat(history)
          .extracting(Automation::mode)
          .containsExactly(Automation.Mode.ON, Automation.Mode.ASK);
    }
    assertThat(countOfFile("incident")).as("the file is as it was").isEqualTo(INCIDENTS - 10 + 1);
  }

  private void goOn(Database database) {
    database
        .ledger()
        .commit(
            tx ->
                database
                    .journal()
                    .append(
                        tx,
                        new JournalEntry.Note(
                            live.incident().id(),
                            Samples.AT,
                            Actor.ENGINE.asText(),
                            "note.added",
                            null,
                            null,
                            "goes on",
                            Map.of())))
        .join();
  }

  @Test
  void targetThatIsNotEmpty_isRefusedAndLeftAlone() throws SQLException {
    try (Database database = Opened.of(Databases.settings(name))) {
      new Past(database).resolved(Samples.AT);
    }
    assertThatThrownBy(this::move)
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("the target is not empty");
    assertThat(countOfTarget("incident")).isEqualTo(1);
  }

  @Test
  void moveThatFailsInTheMiddle_leavesNothing_andIsMadeAgain() throws SQLException {
    Opened.of(Databases.settings(name)).close();
    onTarget("ALTER TABLE message ADD CONSTRAINT obstacle CHECK (kind <> 'notice')");
    assertThatThrownBy(this::move).hasMessageContaining("nothing was moved");
    assertThat(countOfTarget("incident")).isZero();
    onTarget("ALTER TABLE message DROP CONSTRAINT obstacle");
    assertThat(move().audit().faults()).isEmpty();
  }

  /** A value that changes on its way is noticed before anything is committed. */
  @Test
  void valueThatArrivesChanged_isNoticed() throws SQLException {
    Opened.of(Databases.settings(name)).close();
    onTarget(
        """
        CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.title := NEW.title || '!'; RETURN NEW; END $$
        """);
    onTarget(
        "CREATE TRIGGER spoil BEFORE INSERT ON incident FOR EACH ROW EXECUTE FUNCTION spoil()");
    assertThatThrownBy(this::move).hasMessageContaining("incident did not arrive as it left");
    assertThat(countOfTarget("incident")).isZero();
  }

  private Connection target() throws SQLException {
    return DriverManager.getConnection(
        String.valueOf(Databases.settings(name).url()), "postgres", "postgres");
  }

  private void onTarget(String sql) throws SQLException {
    try (Connection connection = target();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute(sql)).isFalse();
    }
  }

  private long countOfTarget(String table) throws SQLException {
    return count(target(), table);
  }

  private long countOfFile(String table) throws SQLException {
    return count(
        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("firebreak"), "firebreak", ""),
        table);
  }

  private static long count(Connection opened, String table) throws SQLException {
    try (Connection connection = opened;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
