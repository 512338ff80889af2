package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rolling upgrade: a later version has added to the tables, and this one still runs. */
class PostgresUpgradeIT {
  private static final String LATER =
      """
      ALTER TABLE run ADD COLUMN later VARCHAR;
      ALTER TABLE message ADD COLUMN later VARCHAR;
      INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
      VALUES ('9999', 'later', 'later', CURRENT_TIMESTAMP, 9999, 'EXECUTED');
      """;

  private final Incident incident = Samples.incident("redis/cache-1");
  private final Run run = Samples.run(incident.id());
  private final Message message = new Message("ticket", Samples.id("key"), Map.of());
  private String name = "";
  private Database database = Databases.postgresql();

  @BeforeEach
  void workOfANodeThatLeft() {
    name = Databases.fresh("upgraded");
    database = Opened.of(Databases.settings(name));
    done(
        tx -> {
          boolean left =
              database.nodes().join(tx, "gone", "here", Samples.AT, Duration.ofMinutes(1));
          boolean here = database.nodes().join(tx, us(), "here", Samples.AT, Duration.ofMinutes(1));
          database.incidents().add(tx, incident);
          database.runs().add(tx, run, "gone");
          Outbox theirs = new JdbiOutbox("gone", true, new Schema(Dialect.POSTGRESQL));
          assertThat(theirs.add(tx, message, incident.id(), Samples.AT).isPresent()).isTrue();
          database.nodes().leave(tx, "gone");
          return left && here;
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String us() {
    return database.node();
  }

  private <T> T done(Function<Tx, T> work) {
    return database.ledger().commit(work).join();
  }

  private List<Run> takenRuns() {
    return done(tx -> database.runs().takeOver(tx, List.of(run.id()), "gone", us()));
  }

  private int takenMessages() {
    return done(tx -> database.outbox().takeOver(tx));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = Databases.server().getDatabase("postgres", name).getConnection()) {
      boolean unused = connection.createStatement().execute(sql);
    }
  }

  @Test
  void laterVersionAddedToTheTables_nothingIsClaimed_untilTheyAreOursAgain() throws SQLException {
    execute(LATER);
    assertThat(takenRuns()).isEmpty();
    assertThat(takenMessages()).isZero();
    execute("DELETE FROM databasechangelog WHERE author = 'later'");
    assertThat(takenRuns()).hasSize(1);
    assertThat(takenMessages()).isOne();
  }

  @Test
  void laterVersionAddedToTheTables_whatIsOursGoesOn() throws SQLException {
    Run ours = takenRuns().getFirst();
    execute(LATER);
    Run ended = ours.in(RunStatus.FAILED, Samples.WHY, Samples.AT);
    Message another = new Message("ticket", Samples.id("key"), Map.of());
    boolean kept =
        done(
            tx -> {
              database.runs().save(tx, ours, ended, List.of());
              return database.outbox().add(tx, another, Samples.id("inc"), Samples.AT).isPresent();
            });
    assertThat(kept).isTrue();
    Run stored = database.ledger().read(tx -> database.runs().find(tx, run.id())).orElseThrow();
    assertThat(stored).isEqualTo(ended);
  }
}
