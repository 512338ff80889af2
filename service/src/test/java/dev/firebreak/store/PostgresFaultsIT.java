package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.JournalEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a server can do: several nodes, broken connections, refusals. */
class PostgresFaultsIT {
  private static final Instant NOON = Contract.NOON;
  private final String name = Samples.id("db").toLowerCase(java.util.Locale.ROOT);

  @BeforeEach
  void ownDatabase() throws SQLException {
    execute("CREATE DATABASE " + name);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = Databases.server().getPostgresDatabase().getConnection()) {
      connection.createStatement().execute(sql);
    }
  }

  private Database node() {
    return Opened.of(Databases.settings(name));
  }

  @Test
  void twoNodesStartingAtOnce_migrateOnce() {
    CompletableFuture<Database> one = CompletableFuture.supplyAsync(this::node);
    CompletableFuture<Database> two = CompletableFuture.supplyAsync(this::node);
    try (Database first = one.join();
        Database second = two.join()) {
      assertThat(first.ledger().commit(tx -> 1).join()).isEqualTo(1);
      assertThat(second.ledger().commit(tx -> 2).join()).isEqualTo(2);
    }
  }

  @Test
  void limit_holdsOverTwoNodes() {
    int limit = 10;
    try (Database one = node();
        Database two = node()) {
      List<CompletableFuture<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        tries.add(changeWithin(i % 2 == 0 ? one : two, limit));
      }
      assertThat(tries.stream().filter(CompletableFuture::join).count()).isEqualTo(limit);
      int committed = one.ledger().read(tx -> one.intents().countAll(tx, NOON.minusSeconds(1)));
      assertThat(committed).isEqualTo(limit);
    }
  }

  private static CompletableFuture<Boolean> changeWithin(Database node, int limit) {
    return node.ledger()
        .commit(
            tx -> {
              if (node.intents().countAll(tx, NOON.minusSeconds(1)) >= limit) {
                return false;
              }
              node.intents()
                  .add(
                      tx,
                      new Intent(
                          Samples.id("int"),
                          "run_1",
                          "restart",
                          1,
                          "redis-down",
                          "command",
                          List.of("redis/a"),
                          "cafe",
                          null,
                          NOON,
                          null,
                          null));
              return true;
            });
  }

  @Test
  void journal_isOneChainOverTwoNodes() {
    try (Database one = node();
        Database two = node()) {
      for (int i = 0; i < 20; i++) {
        Database node = i % 3 == 0 ? one : two;
        JournalEntry.Note note =
            new JournalEntry.Note(
                "inc_1", NOON, "firebreak", "note.added", null, null, "n" + i, Map.of());
        assertThat(node.ledger().commit(tx -> node.journal().append(tx, note)).join().sequence())
            .isEqualTo(i + 1);
      }
      assertThat(one.audit().run().faults()).isEmpty();
    }
  }

  @Test
  void connectionsThatWereCut_areOpenedAnew() throws SQLException {
    try (Database node = node()) {
      assertThat(node.ledger().commit(tx -> 1).join()).isEqualTo(1);
      assertThat(node.ledger().<Integer>read(tx -> 1)).isEqualTo(1);
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
      assertThatThrownBy(() -> node.ledger().commit(tx -> 2).join())
          .hasCauseInstanceOf(StoreUnavailable.class);
      assertThat(node.healthy()).isFalse();
      assertThat(node.ledger().commit(tx -> 3).join()).isEqualTo(3);
      assertThat(node.healthy()).isTrue();
      for (int reader = 0; reader < 8; reader++) {
        assertThat(node.ledger().<Long>read(tx -> (long) node.tokens().list(tx).size())).isZero();
      }
    }
  }

  @Test
  void wrongPassword_isRefusedWithoutShowingIt() {
    DatabaseSettings right = Databases.settings(name);
    DatabaseSettings wrong =
        DatabaseSettings.postgresql(String.valueOf(right.url()), "nobody", "hunter2-secret");
    assertThatThrownBy(() -> Opened.of(wrong))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("database")
        .hasMessageNotContaining("hunter2")
        .message()
        .hasLineCount(1);
  }

  @Test
  void databaseThatIsNotThere_isNamed() {
    assertThatThrownBy(() -> Opened.of(Databases.settings("nowhere")))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("nowhere")
        .message()
        .hasLineCount(1);
  }

  @Test
  void settingsOfTheConnection_areTheSafeOnes() throws SQLException {
    Source source =
        Source.of(Databases.settings(name), java.nio.file.Path.of("."), Opened.NO_SECRETS);
    try (Connection connection = source.connections().getConnection()) {
      assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
      assertThat(show(connection, "application_name")).isEqualTo("firebreak");
      assertThat(show(connection, "lock_timeout")).isEqualTo("5s");
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var rows = connection.createStatement().executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
